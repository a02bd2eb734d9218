package io.nightshift.notifier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in words for a person; each a single line without a full stop. May hold foreign text: it is made fit to be
 * shown, and cut, where a message is made of it.
 *
 * @param about what it concerns: {@code prowlarr → local}
 * @param state what is the matter with it: {@code failed}; makes a sentence with {@code about}
 * @param where host and night
 * @param what the cause, in words; may be empty
 * @param message what, which and why
 * @param advice what to do next; may be empty
 * @param paths the first of those concerned
 * @param pathCount how many there are in all
 */
public record Account(
        String about,
        String state,
        String where,
        String what,
        String message,
        String advice,
        List<String> paths,
        int pathCount) {
    public Account {
        what = what == null ? "" : what;
        where = where == null ? "" : where;
        advice = advice == null ? "" : advice;
        paths = copy(paths);
    }

    public static Account of(String about, String state, String where, String message, String advice) {
        return new Account(about, state, where, "", message, advice, List.of(), 0);
    }

    /** What is empty is not kept, and comes back as null. */
    private static List<String> copy(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
