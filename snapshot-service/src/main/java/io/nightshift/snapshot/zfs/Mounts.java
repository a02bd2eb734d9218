package io.nightshift.snapshot.zfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.nightshift.snapshot.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is mounted where, as this process sees it. Source of the format: proc_pid_mountinfo(5). */
record Mounts(List<Mount> all) {
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    /**
     * @param whole whether the whole file system is mounted there, not only a folder of it (a bind mount)
     * @param source of ZFS, the dataset or ZFS snapshot
     */
    record Mount(Path place, boolean whole, String type, String source) {}

    static Mounts read() {
        try {
            return parse(Files.readAllBytes(MOUNTINFO));
        } catch (IOException e) {
            throw Views.failed("not readable: " + MOUNTINFO, e);
        }
    }

    /**
     * What is not to be understood, or has a name that no text can be, is left out: with FUSE any user can mount below such a
     * name, and what is backed up has none.
     */
    static Mounts parse(byte[] mountinfo) {
        String text = new String(mountinfo, ISO_8859_1); // each byte is a letter; no other line end than this, either
        return new Mounts(Stream.of(text.split("\n"))
                .flatMap(line -> mount(line).stream())
                .toList());
    }

    private static Optional<Mount> mount(String line) {
        String[] half = line.split(" - ", 2);
        String[] before = half[0].split(" ");
        String[] after = half.length < 2 ? new String[0] : half[1].split(" ");
        return before.length < 5 || after.length < 2
                ? Optional.empty()
                : place(before[4])
                        .map(place -> new Mount(place, before[3].equals("/"), after[0], text(bytes(after[1]))));
    }

    private static Optional<Path> place(String field) {
        byte[] bytes = bytes(field);
        String text = text(bytes);
        try {
            return Arrays.equals(text.getBytes(UTF_8), bytes) ? Optional.of(Path.of(text)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // with letters that this process's character set lacks
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** Blank, tab, line end, {@code #} and backslash are written as octal numbers. */
    private static byte[] bytes(String field) {
        return OCTAL.matcher(field)
                .replaceAll(found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 8))))
                .getBytes(ISO_8859_1);
    }

    /**
     * Where a dataset is mounted, also with {@code mountpoint=legacy}.
     *
     * @param preferred the place that its property names, for one that is mounted more than once
     */
    Optional<Path> of(String dataset, String preferred) {
        return all.stream()
                .filter(mount -> mount.type().equals("zfs")
                        && mount.whole()
                        && mount.source().equals(dataset))
                .map(Mount::place)
                .min(Comparator.comparing((Path place) -> !place.toString().equals(preferred))
                        .thenComparing(place -> place.toString().length()));
    }

    /** On what a file at that place is, or would be. */
    Mount holding(Path path) {
        return all.stream()
                .filter(mount -> path.startsWith(mount.place()))
                .reduce((one, other) ->
                        other.place().getNameCount() >= one.place().getNameCount() ? other : one)
                .orElseThrow(() -> new IllegalStateException("nothing is mounted at /"));
    }

    boolean has(String source, Path place) {
        return all.stream()
                .anyMatch(
                        mount -> mount.source().equals(source) && mount.place().equals(place));
    }

    /** In and below a folder, in the order in which they can be unmounted. */
    List<Mount> below(Path folder) {
        var below = new ArrayList<>(
                all.stream().filter(mount -> mount.place().startsWith(folder)).toList());
        Collections.reverse(below); // the file lists parents before children, also where one lies over another
        return below;
    }
}
