package io.nightshift.worker.restic;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.ProgramException;
import io.nightshift.process.ProgramRunner;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.Repository;
import io.nightshift.worker.Views;
import io.nightshift.worker.WorkerConfig;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A repository by means of restic. For one job, on one thread. */
final class ResticRepository implements Repository {
    /** Read from a slow server that wakes up first; 10 minutes, as contact-limit comes. */
    private static final int SHORT_CALL_IN_CONTACT_LIMITS = 5;

    /** What may be on its way while no number changes: restic's 5 connections with a pack of 16 MiB each, twice. */
    private static final long KIB_ON_THE_WAY = 2 * 5 * 16 * 1024;

    /** Some file systems keep times of a second or two. */
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(2);

    private static final int INCOMPLETE = 3;

    private final ProgramRunner runner;
    private final Command restic;
    private final ServiceBackup own;
    private final WorkerConfig.Worker config;
    private final Path cache;
    private final Path temporary;
    private final InstantSource clock;
    private Instant lastStart = Instant.MAX;
    private int earlierSnapshots;
    /** As the job found them: a check has a cache of its own, but not the unlock before it. */
    private Optional<Map<Path, FileTime>> touchedBefore = Optional.empty();

    ResticRepository(
            ProgramRunner runner,
            Command restic,
            ServiceBackup own,
            WorkerConfig.Worker config,
            Path cache,
            Path temporary,
            InstantSource clock) {
        this.runner = runner;
        this.restic = restic;
        this.own = own;
        this.config = config;
        this.cache = cache;
        this.temporary = temporary;
        this.clock = clock;
    }

    /** With its environment, and without arguments. */
    Command restic() {
        return restic;
    }

    @Override
    public String url() {
        return Urls.shown(own.repository());
    }

    @Override
    public String id() throws InterruptedException {
        var said = new StringBuilder();
        run(restic.withArguments("cat", "config", "--json").withTimeout(shortCall()), said::append, new ErrorOutput());
        return idIn(said.toString());
    }

    @Override
    public String create() throws InterruptedException {
        var said = new StringBuilder();
        run(restic.withArguments("init", "--json").withTimeout(shortCall()), said::append, new ErrorOutput());
        return idIn(said.toString());
    }

    private String idIn(String json) {
        var id = Said.json(json).path("id").asText("");
        if (id.isEmpty()) {
            throw new JobFailedException(
                    Cause.OTHER, "restic did not say the id of " + url(), "see whether this version is supported");
        }
        return id;
    }

    @Override
    public Report backup(Job.Backup job, Views.View view, Consumer<Progress> progress) throws InterruptedException {
        requireRoom();
        try (var excludes = new ExcludeFiles(temporary)) {
            var output = new BackupOutput(job.id(), clock, progress);
            return report(backupCommand(job, view, excludes, List.of()), output, stallLimit(job), view);
        }
    }

    private Command backupCommand(Job.Backup job, Views.View view, ExcludeFiles excludes, List<String> more) {
        var files = excludes.inView(own.excludeFiles(), view);
        var time = SnapshotTime.of(job, earlierSnapshots);
        return restic.withArguments(ResticArguments.backup(job, own, view, files, time, config.retryLock(), more))
                .in(view.root())
                .withTimeout(job.limits().timeout());
    }

    /** Numbers change when a file is read; with a limit on what is sent, that may take its time. */
    private Duration stallLimit(Job.Backup job) {
        long seconds = job.limits()
                .uploadKibPerSecond()
                .map(rate -> KIB_ON_THE_WAY / rate)
                .orElse(0L);
        return config.stallLimit().plusSeconds(seconds);
    }

    @Override
    public Optional<RunResult.Backup> snapshotOf(JobId job) throws InterruptedException {
        var snapshots = new Snapshots();
        var array = new ArrayOutput(snapshots);
        var command = restic.withArguments(ResticArguments.snapshotsOf(job))
                .withTimeout(shortCall())
                .withLongestLine(ArrayOutput.LONGEST_LINE);
        run(command, array, new ErrorOutput());
        array.requireWhole(what(command));
        earlierSnapshots = snapshots.count();
        return snapshots.last();
    }

    /** By a dry run against it: files that could not be read are in no snapshot, so they would be new, and fail again. */
    @Override
    public boolean isComplete(Job.Backup job, Views.View view, RunResult.Backup found) throws InterruptedException {
        try (var excludes = new ExcludeFiles(temporary)) {
            var output = new DryRunOutput();
            var more = List.of("--dry-run", "--parent=" + found.snapshot());
            int code = runAllowing(INCOMPLETE, backupCommand(job, view, excludes, more), output, new ErrorOutput());
            return code == 0 && output.nothingToAdd(found);
        }
    }

    private Report report(Command command, BackupOutput output, Duration stallLimit, Views.View view)
            throws InterruptedException {
        var errors = new ErrorOutput();
        int code = runAllowing(INCOMPLETE, command, output, errors, output::position, Optional.of(stallLimit));
        var result = output.summary()
                .orElseThrow(() -> new JobFailedException(Failure.of(
                                Cause.OTHER,
                                "restic made no snapshot in " + url() + ": " + Urls.shown(errors.lastWords()),
                                "see the words of restic; it is tried again")
                        .withExitCode(code)));
        var unreadable = errors.unreadable().stream().map(view::onHost).toList();
        return new Report(result, code == 0, unreadable, errors.unreadableCount());
    }

    @Override
    public RunResult.Forget forget(Job.Forget job) throws InterruptedException {
        requireRoom();
        var output = new UpkeepOutput();
        var command = restic.withArguments(ResticArguments.forget(job, config.retryLock()))
                .withTimeout(job.limits().timeout())
                .withLongestLine(ArrayOutput.LONGEST_LINE);
        return output.forget(run(command, output, new ErrorOutput()));
    }

    @Override
    public RunResult.Check check(Job.Check job) throws InterruptedException {
        var output = new UpkeepOutput();
        var command = restic.withArguments(ResticArguments.check(job, config.retryLock()))
                .withTimeout(job.limits().timeout());
        return output.check(run(command, output, new ErrorOutput()));
    }

    @Override
    public void unlockStale() throws InterruptedException {
        run(restic.withArguments("unlock", "--json").withTimeout(shortCall()), line -> {}, new ErrorOutput());
    }

    private Duration run(Command command, Consumer<String> output, ErrorOutput errors) throws InterruptedException {
        long start = System.nanoTime();
        runAllowing(0, command, output, errors);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** @return the code: 0, or the one that is allowed */
    int runAllowing(int allowed, Command command, Consumer<String> output, ErrorOutput errors)
            throws InterruptedException {
        return runAllowing(allowed, command, output, errors, () -> "", Optional.empty());
    }

    /**
     * @param position how far it is
     * @param stallLimit how long it may stay there
     * @return the code: 0, or the one that is allowed
     */
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private int runAllowing(
            int allowed,
            Command command,
            Consumer<String> output,
            ErrorOutput errors,
            Supplier<?> position,
            Optional<Duration> stallLimit)
            throws InterruptedException {
        lastStart = clock.instant();
        if (touchedBefore.isEmpty()) {
            touchedBefore = touched();
        }
        try (var watch = new Watch(Thread.currentThread(), config.contactLimit())) {
            stallLimit.ifPresent(watch::requireMovement);
            try {
                Exit exit = runner.run(command, watch.heard(output, position), watch.complained(errors));
                if (exit.code() != 0 && exit.code() != allowed) {
                    throw new JobFailedException(ResticFailures.of(what(command), exit.code(), errors.lastWords()));
                }
                return exit.code();
            } catch (ProgramException e) {
                throw notRun(command, e);
            } catch (InterruptedException e) {
                if (watch.why().isPresent()) {
                    throw new JobFailedException(
                            ResticFailures.ended(watch.why().get(), what(command), errors.lastWords()));
                }
                throw e;
            }
        }
    }

    private Duration shortCall() {
        return config.contactLimit().multipliedBy(SHORT_CALL_IN_CONTACT_LIMITS);
    }

    private void requireRoom() {
        long free = temporary.toFile().getUsableSpace();
        if (free < config.leastFreeBytes()) {
            throw new JobFailedException(
                    Cause.WORKER_DISK_FULL,
                    "only " + free + " bytes are free for restic's temporary files in " + temporary,
                    "make room on the worker's disk, or move nightshift.worker.state-dir");
        }
    }

    String what(Command command) {
        return "restic " + command.argv().get(1) + " of " + url();
    }

    private JobFailedException notRun(Command command, ProgramException e) {
        var message = Urls.shown(String.valueOf(e.getMessage()));
        return switch (e.problem()) {
            case TIMED_OUT -> command.timeout().equals(shortCall()) ? unanswered(command) : tooSlow(command);
            case NOT_FOUND, NOT_STARTED -> ResticRepositories.unusable(message, "see nightshift.worker.restic");
        };
    }

    /** A call that only asks something is not slow: nobody answers. */
    private JobFailedException unanswered(Command command) {
        return new JobFailedException(
                Cause.DESTINATION_UNREACHABLE,
                what(command) + " got no answer within " + command.timeout(),
                "see whether the server, or the file system of the destination, hangs; it is tried again");
    }

    private JobFailedException tooSlow(Command command) {
        return new JobFailedException(
                Cause.TIMED_OUT,
                what(command) + " took longer than " + command.timeout(),
                "raise 'timeout' in the fleet file, or see why it is slow; what was sent is not sent again");
    }

    /**
     * restic touches {@code <cache>/<id>} each time it opens a repository (restic, internal/cache). Its time is another one then,
     * whatever the clock does; only where the file system keeps whole seconds, it may be the same, and the clock must do.
     */
    @Override
    public boolean lastUsed(String id) {
        try {
            var repository = cache.resolve(id);
            var touched = Files.getLastModifiedTime(repository);
            boolean wholeSeconds = touched.toInstant().getNano() == 0;
            return touchedBefore.isPresent() && !wholeSeconds
                    ? !touched.equals(touchedBefore.get().get(repository))
                    : !touched.toInstant().isBefore(lastStart.minus(CLOCK_GRAIN));
        } catch (IOException e) {
            return false;
        }
    }

    /** Empty: something went while it was looked at, and the clock must do. */
    private Optional<Map<Path, FileTime>> touched() {
        var times = new HashMap<Path, FileTime>();
        try (var repositories = Files.newDirectoryStream(cache)) {
            for (var repository : repositories) {
                times.put(repository, Files.getLastModifiedTime(repository));
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.of(times);
    }

    /** Copies of the user's exclude files, with paths as they are in the view; gone with the run. */
    private static final class ExcludeFiles implements AutoCloseable {
        private final Path folder;
        private final List<Path> copies = new ArrayList<>();

        ExcludeFiles(Path folder) {
            this.folder = folder;
        }

        List<Path> inView(List<Path> files, Views.View view) {
            for (var file : files) {
                ResticRepositories.requireReadable(file, "exclude-file");
                try {
                    var copy = Files.createTempFile(folder, "exclude-", ".txt");
                    copies.add(copy);
                    Files.write(copy, HostPatterns.linesInView(Files.readAllLines(file), view::inside));
                } catch (IOException e) {
                    throw ResticRepositories.unusable(
                            "exclude-file " + file + " cannot be used: " + e.getMessage(), "save it as UTF-8");
                }
            }
            return List.copyOf(copies);
        }

        @Override
        public void close() {
            copies.forEach(copy -> copy.toFile().delete());
        }
    }
}
