package io.nightshift.contract.event;

import java.util.List;
import java.util.Optional;

/**
 * What went wrong, for a program ({@code cause}) and for a person.
 *
 * @param message what, which and why, in one line; never a secret
 * @param advice what to do next, in one line
 * @param paths the first of those concerned, at most {@value #MAX_PATHS}
 * @param pathCount how many there are in all
 * @param exitCode of restic or of the command, where it ran to its end
 */
public record Failure(
        Cause cause, String message, String advice, List<String> paths, int pathCount, Optional<Integer> exitCode) {
    /** More in one event would help nobody, and could exceed the size of a message. */
    public static final int MAX_PATHS = 20;

    public Failure {
        cause = cause == null ? Cause.OTHER : cause;
        Copies.required("message", message);
        advice = advice == null ? "" : advice;
        paths = Copies.list(paths).stream().limit(MAX_PATHS).toList();
        pathCount = Math.max(pathCount, paths.size());
        exitCode = Copies.optional(exitCode);
    }

    public static Failure of(Cause cause, String message, String advice) {
        return new Failure(cause, message, advice, List.of(), 0, Optional.empty());
    }

    public Failure withExitCode(int code) {
        return new Failure(cause, message, advice, paths, pathCount, Optional.of(code));
    }

    public Failure withPaths(List<String> first, int count) {
        return new Failure(cause, message, advice, first, count, exitCode);
    }
}
