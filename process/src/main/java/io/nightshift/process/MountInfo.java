package io.nightshift.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
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
 * A mount, as this process sees it.
 *
 * <p>Source: proc_pid_mountinfo(5): fields 1, 4 and 5, and type and source behind a lone {@code -}. Blank, tab, line end, {@code #} and
 * backslash are written as octal numbers.
 *
 * @param id given to no other mount for as long as this one is in use
 * @param root the folder of the file system that is mounted there; {@code /}: all of it
 */
public record MountInfo(String id, String root, Path place, String type, String source) {
    public static final Path FILE = Path.of("/proc/self/mountinfo");

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    public static List<MountInfo> read() throws IOException {
        return parse(Files.readAllBytes(FILE));
    }

    /**
     * What is not to be understood, or has a name that no text can be, is left out: with FUSE any user can mount below such a
     * name, and what is backed up has none.
     */
    public static List<MountInfo> parse(byte[] mountinfo) {
        var text = new String(mountinfo, ISO_8859_1); // each byte is a letter; no other line end than this, either
        return Stream.of(text.split("\n")).flatMap(line -> mount(line).stream()).toList();
    }

    private static Optional<MountInfo> mount(String line) {
        var field = line.split(" ", -1);
        for (int i = 6; i + 2 < field.length; i++) {
            if (field[i].equals("-")) {
                var type = field[i + 1];
                var source = text(bytes(field[i + 2]));
                return place(field[4]).map(place -> new MountInfo(field[0], field[3], place, type, source));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> place(String field) {
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
