package io.nightshift.worker.restic;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.process.Command;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.restore.Archive;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a repository by means of restic. The keys are those of restic 0.18.0. */
final class ResticArchive implements Archive {
    /** restic complains twice of each file that it could not fetch: first why, at its end that the file is not there. */
    private static final int FIRST_WORDS = 3;

    private final ResticRepository repository;
    private final ServiceBackup own;
    private final Duration retryLock;
    private boolean locking = true;
    private Duration limit;

    ResticArchive(ResticRepository repository, ServiceBackup own, Duration retryLock) {
        this.repository = repository;
        this.own = own;
        this.retryLock = retryLock;
        this.limit = own.limits().timeout();
    }

    @Override
    public List<Snapshot> snapshots() throws InterruptedException {
        var found = new ArrayList<Snapshot>();
        var array = new ArrayOutput(json -> found.add(snapshot(json)));
        var command = command(arguments("snapshots", "--host", own.target().host()))
                .withLongestLine(ArrayOutput.LONGEST_LINE);
        run(command, array);
        array.requireWhole(repository.what(command));
        return found;
    }

    private static Snapshot snapshot(JsonNode json) {
        var paths = new ArrayList<String>();
        json.path("paths").forEach(path -> paths.add(path.asText()));
        var tags = new ArrayList<String>();
        json.path("tags").forEach(tag -> tags.add(tag.asText()));
        return new Snapshot(
                json.path("id").asText(),
                OffsetDateTime.parse(json.path("time").asText()).toInstant(),
                paths,
                tags,
                size(json.path("summary")),
                BackupOutput.time(json.path("summary").path("backup_end").asText("")));
    }

    private static Optional<Size> size(JsonNode summary) {
        return summary.isObject()
                ? Optional.of(new Size(
                        summary.path("total_files_processed").asLong(),
                        summary.path("total_bytes_processed").asLong(),
                        summary.path("data_added").asLong()))
                : Optional.empty();
    }

    @Override
    public void list(Snapshot snapshot, Consumer<Entry> entries) throws InterruptedException {
        run(arguments("ls", snapshot.id()), nodes(entries));
    }

    @Override
    public void listFolder(Snapshot snapshot, String stored, Consumer<Entry> entries) throws InterruptedException {
        run(arguments("ls", "--", snapshot.id(), stored), nodes(entries));
    }

    private static Consumer<String> nodes(Consumer<Entry> entries) {
        return line -> {
            var json = Said.json(line);
            if (json.path("struct_type").asText(Said.type(json)).equals("node")) {
                entries.accept(entry(json));
            }
        };
    }

    private static Entry entry(JsonNode json) {
        return new Entry(
                json.path("path").asText(),
                switch (json.path("type").asText()) {
                    case "file" -> Kind.FILE;
                    case "dir" -> Kind.FOLDER;
                    case "symlink" -> Kind.LINK;
                    case "socket" -> Kind.SOCKET;
                    default -> Kind.OTHER;
                },
                json.path("size").asLong(),
                OffsetDateTime.parse(json.path("mtime").asText("1970-01-01T00:00:00Z"))
                        .toInstant());
    }

    @Override
    public long size(Snapshot snapshot) throws InterruptedException {
        var said = new StringBuilder();
        run(arguments("stats", "--mode", "restore-size", snapshot.id()), said::append);
        return Said.json(said.toString()).path("total_size").asLong(Long.MAX_VALUE);
    }

    @Override
    public Summary restore(Part part, Consumer<Counts> progress) throws InterruptedException {
        var arguments = arguments("restore", "--target", part.target().toString(), "--sparse");
        part.includes().forEach(pattern -> arguments.add("--include=" + pattern));
        part.overwrite().ifPresent(policy -> arguments.add("--overwrite=" + policy.word()));
        own.limits().downloadKibPerSecond().ifPresent(rate -> arguments.add("--limit-download=" + rate));
        flag(arguments, "--delete", part.delete());
        flag(arguments, "--dry-run", part.dryRun());
        flag(arguments, "--verify", part.verify());
        flag(arguments, "--verbose=2", part.explain());
        arguments.add("--");
        arguments.add(part.snapshot().id() + (part.subfolder().equals("/") ? "" : ":" + part.subfolder()));
        var output = new RestoreOutput(progress);
        run(arguments, output);
        return output.summary();
    }

    private static void flag(List<String> arguments, String flag, boolean wanted) {
        if (wanted) {
            arguments.add(flag);
        }
    }

    @Override
    public void unlockStale() throws InterruptedException {
        repository.unlockStale();
    }

    @Override
    public void withoutLock() {
        locking = false;
    }

    @Override
    public void onlyLook(Duration most) {
        locking = false;
        limit = most;
    }

    private List<String> arguments(String command, String... more) {
        var arguments = new ArrayList<>(List.of(command, "--json"));
        arguments.addAll(locking ? List.of("--retry-lock", retryLock.toSeconds() + "s") : List.of("--no-lock"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private Command command(List<String> arguments) {
        return repository.restic().withArguments(arguments).withTimeout(limit);
    }

    private void run(List<String> arguments, Consumer<String> output) throws InterruptedException {
        run(command(arguments), output);
    }

    private void run(Command command, Consumer<String> output) throws InterruptedException {
        var errors = new ErrorOutput(FIRST_WORDS);
        try {
            repository.runAllowing(0, command, output, errors);
        } catch (JobFailedException e) {
            if (errors.unreadableCount() > 0) {
                throw incomplete(e, errors);
            }
            throw e.failure().cause() == Cause.REPOSITORY_MISSING ? missing(e.failure()) : e;
        }
    }

    /** Whoever looks or restores may come before the first backup, which a backup knows of itself. */
    private static JobFailedException missing(Failure failure) {
        return new JobFailedException(
                failure.cause(),
                failure.message(),
                "back up first; where a repository was, see whether the destination is mounted and who removed it");
    }

    /** restic goes on after a file that it could not write, and says at its end how many there were. */
    private static JobFailedException incomplete(JobFailedException original, ErrorOutput errors) {
        var failure = original.failure();
        var cause = switch (failure.cause()) {
            case DESTINATION_FULL -> Cause.PLACE_FULL;
            case DESTINATION_UNREACHABLE, REPOSITORY_DAMAGED, TIMED_OUT, STOPPED, OUT_OF_MEMORY, WORKER_DISK_FULL ->
                failure.cause();
            default -> Cause.RESTORE_INCOMPLETE;
        };
        var incomplete = Failure.of(cause, failure.message(), "mend that, and restore again")
                .withPaths(errors.unreadable(), errors.unreadableCount());
        return new JobFailedException(incomplete, original);
    }
}
