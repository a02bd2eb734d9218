package io.nightshift.process.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Results of slow tests that passed, kept in {@code ~/.cache/nightshift/passed} under a fingerprint of all that went into them. What
 * failed is never kept.
 */
final class KnownResults {
    static final Path CACHE = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));

    private static final Path FOLDER = CACHE.resolve("nightshift/passed");

    private final Path folder;
    private final List<Path> inputs;
    private final List<String> command;

    /** @param inputs files and folders that the command reads, documentation aside; those that are not there count as such */
    KnownResults(List<Path> inputs, List<String> command) {
        this(FOLDER, inputs, command);
    }

    KnownResults(Path folder, List<Path> inputs, List<String> command) {
        this.folder = folder;
        this.inputs = inputs;
        this.command = command;
    }

    /** What the run with the same inputs printed, if there was one and it passed. */
    Optional<List<String>> find() throws IOException {
        var file = file();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var day = Files.getLastModifiedTime(file).toString().substring(0, 10);
        System.out.println(
                "Not run: it passed on " + day + " with the same inputs (" + file + "); -Dfull=true runs it.");
        return Optional.of(Files.readAllLines(file));
    }

    void keep(List<String> lines) throws IOException {
        Files.createDirectories(folder);
        var written = Files.createTempFile(folder, "", ".new");
        Files.move(Files.write(written, lines), file(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file() throws IOException {
        return folder.resolve(fingerprint());
    }

    /** Anew each time: the first run of all builds the VM, which is one of the inputs. */
    private String fingerprint() throws IOException {
        var digest = sha256();
        add(digest, System.getProperty("java.vm.version"));
        command.forEach(word -> add(digest, word));
        for (var input : inputs) {
            try (var files = Files.exists(input) ? Files.walk(input) : Stream.<Path>empty()) {
                for (var file : files.filter(KnownResults::decides).sorted().toList()) {
                    add(digest, input.getFileName() + "/" + input.relativize(file));
                    addContent(digest, file);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean decides(Path file) {
        return Files.isRegularFile(file) && !file.toString().endsWith(".md");
    }

    private static void addContent(MessageDigest digest, Path file) throws IOException {
        if (!file.toString().endsWith(".jar")) {
            digest.update(Files.readAllBytes(file));
            return;
        }
        // A jar that is made anew differs in the times of its entries.
        try (var jar = new ZipFile(file.toFile())) {
            jar.stream()
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .forEach(entry -> add(digest, entry.getName() + " " + entry.getSize() + " " + entry.getCrc()));
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
