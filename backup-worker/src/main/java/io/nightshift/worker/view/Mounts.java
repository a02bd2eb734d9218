package io.nightshift.worker.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is mounted where, as this process sees it.
 *
 * <p>Source: proc_pid_mountinfo(5): the id is field 1, the mount point field 5; behind a lone {@code -} stand type and source. Blanks, tabs,
 * line ends and backslashes are octal escapes.
 */
record Mounts(List<Mount> all) {

    /** @param id given to no other mount for as long as this one is in use */
    record Mount(String id, Path point, String type, String source) {}

    static Mounts now() {
        try {
            return parse(Files.readString(Path.of("/proc/self/mountinfo"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mounts parse(String mountinfo) {
        return new Mounts(
                mountinfo.lines().flatMap(line -> mount(line).stream()).toList());
    }

    /** The last one mounted there hides the others. */
    Optional<Mount> at(Path point) {
        return all.stream().filter(mount -> mount.point().equals(point)).reduce((first, last) -> last);
    }

    private static Optional<Mount> mount(String line) {
        var field = line.split(" ", -1);
        for (int i = 6; i + 2 < field.length; i++) {
            if (field[i].equals("-")) {
                return Optional.of(
                        new Mount(field[0], Path.of(unescaped(field[4])), field[i + 1], unescaped(field[i + 2])));
            }
        }
        return Optional.empty();
    }

    private static String unescaped(String text) {
        var result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 3 < text.length()) {
                result.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }
}
