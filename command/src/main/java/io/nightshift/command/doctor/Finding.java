package io.nightshift.command.doctor;

import io.nightshift.contract.Text;

/**
 * What one look has found.
 *
 * @param about what was looked at: {@code restic}, {@code destination local}
 * @param words what is so
 * @param mend what to do; empty where nothing must be done
 */
record Finding(Level level, String about, String words, String mend) {
    private static final int SHOWN = 600;

    enum Level {
        OK,
        /** Works, and may not be what was wanted. */
        WARN,
        /** Backups or restores will fail. */
        BAD
    }

    static Finding ok(String about, String words) {
        return new Finding(Level.OK, about, words, "");
    }

    static Finding warn(String about, String words, String mend) {
        return new Finding(Level.WARN, about, words, mend);
    }

    static Finding bad(String about, String words, String mend) {
        return new Finding(Level.BAD, about, words, mend);
    }

    @Override
    public String toString() {
        var text = String.format("%-5s %s: %s", level, about, words) + (mend.isEmpty() ? "" : "; " + mend);
        return Text.shown(text, SHOWN);
    }
}
