package io.nightshift.worker.restic;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Exclude patterns as a person writes them, for the paths of the host, made to fit the view. restic compares patterns with
 * the absolute path of what it reads, so {@code /persist/app/cache} would match nothing inside a view (tried with restic
 * 0.18.0); relative ones such as {@code *.log} match anywhere and stay.
 */
final class HostPatterns {
    private HostPatterns() {}

    /** @param inside where an absolute path of the host is in the view */
    static List<String> inView(List<String> patterns, UnaryOperator<String> inside) {
        return patterns.stream().map(pattern -> one(pattern, inside)).toList();
    }

    /** Lines of an exclude file: comments and blank lines stay as they are. */
    static List<String> linesInView(List<String> lines, UnaryOperator<String> inside) {
        return lines.stream().map(line -> one(line.strip(), inside)).toList();
    }

    /** {@code !} takes back what an earlier pattern excluded (restic manual, "Excluding files"). */
    private static String one(String pattern, UnaryOperator<String> inside) {
        boolean negated = pattern.startsWith("!");
        var path = negated ? pattern.substring(1) : pattern;
        return path.startsWith("/") ? (negated ? "!" : "") + inside.apply(path) : pattern;
    }
}
