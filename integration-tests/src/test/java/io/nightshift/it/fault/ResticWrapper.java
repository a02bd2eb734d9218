package io.nightshift.it.fault;

import io.nightshift.it.fault.judge.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A script that stands before the real restic: it notes every start and end, and does with the next backup what it is told. */
final class ResticWrapper {
    /** What to do with the next call, mostly a backup. */
    enum Order {
        /** Hold before restic is begun, until {@link #letGo}. */
        BEFORE,
        /** Stop restic (SIGSTOP) as soon as it has its lock, until {@link #letGo}. */
        DURING,
        /** Hold after restic has ended, and before the worker hears of it. */
        AFTER,
        /** Kill restic as soon as it has its lock. */
        KILLED,
        /** Stop restic as soon as it has its lock, for ever. */
        HUNG,
        /** Do not run restic; say what Linux says of a program that was out of memory. */
        OUT_OF_MEMORY
    }

    private final Path script;
    private final Path notes;
    private final Path control;

    ResticWrapper(Path folder) throws IOException, InterruptedException {
        script = folder.resolve("restic");
        notes = Files.createFile(folder.resolve("restic.notes"));
        control = Files.createDirectories(folder.resolve("control"));
        try (var text = ResticWrapper.class.getResourceAsStream("restic-wrapper.sh")) {
            var program = new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@REAL@", Programs.run("which", "restic").strip())
                    .replace("@NOTES@", notes.toString())
                    .replace("@CONTROL@", control.toString());
            Files.writeString(script, program);
        }
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path script() {
        return script;
    }

    void next(Order order) throws IOException {
        next(order, "backup", "");
    }

    void next(Order order, String command, Path repository) throws IOException {
        next(order, command, repository.toString());
    }

    /**
     * @param command of restic that it is about
     * @param repository its beginning
     */
    void next(Order order, String command, String repository) throws IOException {
        Files.deleteIfExists(control.resolve("held"));
        Files.deleteIfExists(control.resolve("go"));
        Files.writeString(control.resolve("next"), order.name() + " " + command + " " + repository + "\n");
    }

    /** Until the order has been carried out: restic is held, or was killed. */
    void awaitHeld() {
        Awaitility.await("restic to be held")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(control.resolve("held")));
    }

    void letGo() throws IOException {
        Files.deleteIfExists(control.resolve("next"));
        Files.writeString(control.resolve("go"), "");
    }

    /** Ends what is left of it, as the end of a machine would. */
    void killAll() {
        var over = new ArrayList<String>();
        entries().forEach(entry -> {
            if (entry instanceof Entry.ResticEnded end) {
                over.add(end.run());
            }
        });
        entries().stream()
                .filter(Entry.ResticStarted.class::isInstance)
                .map(Entry.ResticStarted.class::cast)
                .filter(start -> !over.contains(start.run()))
                .forEach(start -> ProcessHandle.of(start.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** Whether no restic runs. */
    boolean isQuiet() {
        var all = entries();
        return all.stream().filter(Entry.ResticStarted.class::isInstance).count()
                <= all.stream()
                        .filter(Entry.ResticEnded.class::isInstance)
                        .map(entry -> ((Entry.ResticEnded) entry).run())
                        .distinct()
                        .count();
    }

    List<Entry> entries() {
        try {
            return Files.readAllLines(notes).stream().map(ResticWrapper::entry).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fields between tabs: started, time, run, pid, folder, repository, arguments; or ended, time, run, code. */
    private static Entry entry(String line) {
        var field = List.of(line.split("\t", -1));
        var at = Instant.parse(field.get(1));
        return field.get(0).equals("started")
                ? new Entry.ResticStarted(
                        at,
                        field.get(2),
                        Long.parseLong(field.get(3)),
                        field.get(4),
                        field.get(5),
                        field.subList(6, field.size()))
                : new Entry.ResticEnded(
                        at,
                        field.get(2),
                        Optional.of(field.get(3))
                                .filter(code -> !code.isEmpty())
                                .map(Integer::valueOf));
    }
}
