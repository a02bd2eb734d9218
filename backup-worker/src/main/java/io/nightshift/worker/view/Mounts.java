package io.nightshift.worker.view;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is mounted where, as this process sees it.
 *
 * <p>Source: proc_pid_mountinfo(5): the id is field 1, the mount point field 5; behind a lone {@code -} stand type and source. Blanks, tabs,
 * line ends and backslashes are octal escapes.
 */
record Mounts(List<Mount> all) {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    /** @param id given to no other mount for as long as this one is in use */
    record Mount(String id, Path point, String type, String source) {}

    static Mounts now() {
        try {
            return parse(Files.readAllBytes(Path.of("/proc/self/mountinfo")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is not to be understood, or has a name that no text can be, is left out: with FUSE any user can mount below such a
     * name, and what is backed up has none.
     */
    static Mounts parse(byte[] mountinfo) {
        var text = new String(mountinfo, ISO_8859_1); // each byte is a letter; no other line end than this, either
        return new Mounts(Stream.of(text.split("\n"))
                .flatMap(line -> mount(line).stream())
                .toList());
    }

    /** The last one mounted there hides the others. */
    Optional<Mount> at(Path point) {
        return all.stream().filter(mount -> mount.point().equals(point)).reduce((first, last) -> last);
    }

    private static Optional<Mount> mount(String line) {
        var field = line.split(" ", -1);
        for (int i = 6; i + 2 < field.length; i++) {
            if (field[i].equals("-")) {
                var type = field[i + 1];
                var source = text(bytes(field[i + 2]));
                return point(field[4]).map(point -> new Mount(field[0], point, type, source));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> point(String field) {
        var bytes = bytes(field);
        var text = text(bytes);
        try {
            return Arrays.equals(text.getBytes(UTF_8), bytes) ? Optional.of(Path.of(text)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // with letters that this process's character set lacks
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static byte[] bytes(String field) {
        return OCTAL.matcher(field)
                .replaceAll(found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 8))))
                .getBytes(ISO_8859_1);
    }
}
