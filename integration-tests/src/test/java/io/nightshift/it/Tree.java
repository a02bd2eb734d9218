package io.nightshift.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A tree of files as text, line by line: names, types, modes, owners, times, number of links, and contents. */
public final class Tree {
    private Tree() {}

    public static Map<String, String> of(Path root) throws IOException {
        var lines = new TreeMap<String, String>();
        try (var files = Files.walk(root)) {
            for (var file : (Iterable<Path>) files::iterator) {
                lines.put(root.relativize(file).toString(), line(file));
            }
        }
        return lines;
    }

    private static String line(Path file) throws IOException {
        var has = Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime,nlink", LinkOption.NOFOLLOW_LINKS);
        var line = "mode " + Integer.toOctalString((int) has.get("mode")) + " owner " + has.get("uid") + ":"
                + has.get("gid") + " time " + has.get("lastModifiedTime");
        if (Files.isSymbolicLink(file)) {
            return line + " to " + Files.readSymbolicLink(file);
        }
        return Files.isDirectory(file)
                ? line
                : line + " links " + has.get("nlink") + " content " + Arrays.hashCode(Files.readAllBytes(file)) + " of "
                        + Files.size(file);
    }
}
