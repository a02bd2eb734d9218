package io.nightshift.it.fault;

/**
 * Something that goes wrong, and when.
 *
 * @param step of the work in which it happens
 * @param site what it happens to
 * @param action lets a night run, does it in that step, and waits until the jobs have ended
 * @param ends a pattern of how the jobs should end: {@code 1 failed, 5 succeeded}
 */
record Fault(String name, String step, Site.Kind site, Action action, String ends) {
    private static final String ALL_WELL = "\\d+ succeeded";

    /** To folders as destinations; every job succeeds in the end. */
    Fault(String name, String step, Action action) {
        this(name, step, Site.Kind.FOLDERS, action, ALL_WELL);
    }

    Fault to(Site.Kind other) {
        return new Fault(name, step, other, action, ends);
    }

    Fault ending(String otherwise) {
        return new Fault(name, step, site, action, otherwise);
    }

    interface Action {
        void on(Stage stage) throws Exception;
    }

    String title() {
        return name + ", " + step;
    }
}
