package io.nightshift.it.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small file system in the place of a folder, which can be full. What is in the folder stays, there and back. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path folder;
    private final Path filler;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
    }

    /** While nobody works in it. Needs somebody who may mount: else the test is skipped. */
    static SmallDisk inPlaceOf(Path folder, int megabytes) throws IOException, InterruptedException {
        var aside = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-aside"));
        Files.createDirectory(folder);
        try {
            Programs.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
        } catch (IOException e) {
            Files.delete(folder);
            Files.move(aside, folder);
            Assumptions.abort("a small disk cannot be mounted here: " + e.getMessage());
        }
        Programs.run("cp", "-aT", aside.toString(), folder.toString());
        Programs.run("rm", "-rf", aside.toString());
        return new SmallDisk(folder);
    }

    /** To the last byte. */
    void fill() throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException full) {
            if (folder.toFile().getUsableSpace() > BLOCK) {
                throw full;
            }
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        empty();
        var aside = folder.resolveSibling(folder.getFileName() + "-aside");
        Programs.run("cp", "-aT", folder.toString(), aside.toString());
        Programs.run("umount", "--lazy", folder.toString());
        Files.delete(folder);
        Files.move(aside, folder);
    }
}
