package io.nightshift.worker.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files that SQLite keeps beside a database. Left from another time than the restored database, they would be taken for
 * its own and damage it (SQLite, "How To Corrupt An SQLite Database File", 1.4), so they are moved aside.
 */
final class Sidecars {
    private static final List<String> ENDINGS = List.of("-wal", "-shm", "-journal");
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final Set<Path> stale = new TreeSet<>();

    /** Called for each restored file, a database before what lies beside it: names sort that way. */
    void restored(Path file) throws IOException {
        stale.remove(file);
        if (isBesideADatabase(file)) {
            return;
        }
        for (var ending : ENDINGS) {
            var beside = file.resolveSibling(file.getFileName() + ending);
            if (Files.exists(beside, LinkOption.NOFOLLOW_LINKS) && isDatabase(file)) {
                stale.add(beside);
            }
        }
    }

    private static boolean isBesideADatabase(Path file) {
        var name = file.getFileName().toString();
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static boolean isDatabase(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /** @return old and new path of each */
    List<String> moveAside(String restore) throws IOException {
        var moved = new ArrayList<String>();
        for (var file : stale) {
            var aside = file.resolveSibling(file.getFileName() + ".before-" + restore);
            Files.move(file, aside);
            moved.add(file + " to " + aside.getFileName());
        }
        stale.clear();
        return moved;
    }
}
