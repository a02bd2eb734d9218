package io.nightshift.worker.restic;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A repository by means of restic. For one job, on one thread. */
final class ResticRepository implements Repository {
    /** For calls that only look at the configuration; the first contact has its own, shorter limit. */
    private static final Duration SHORT = Duration.ofMinutes(10);

    /** File systems keep times of a second or less. */
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

    @Override
    public String url() {
        return Urls.shown(own.repository());
    }

    @Override
    public String id() throws InterruptedException {
        var said = new StringBuilder();
        run(restic.withArguments("cat", "config", "--json").withTimeout(SHORT), said::append, new ErrorOutput());
        return idIn(said.toString());
    }

    @Override
    public String create() throws InterruptedException {
        var said = new StringBuilder();
        run(restic.withArguments("init", "--json").withTimeout(SHORT), said::append, new ErrorOutput());
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
        var excludes = new ExcludeFiles(temporary);
        try (excludes) {
            var files = excludes.inView(own.excludeFiles(), view);
            var command = restic.withArguments(ResticArguments.backup(job, own, view, files, config.retryLock()))
                    .in(view.root())
                    .withTimeout(job.limits().timeout());
            return report(command, new BackupOutput(job.id(), clock, progress));
        }
    }

    private Report report(Command command, BackupOutput output) throws InterruptedException {
        var errors = new ErrorOutput();
        int code = runAllowing(INCOMPLETE, command, output, errors);
        var result = output.summary()
                .orElseThrow(() -> new JobFailedException(Failure.of(
                                Cause.OTHER,
                                "restic made no snapshot in " + url() + ": " + Urls.shown(errors.lastWords()),
                                "see the words of restic; it is tried again")
                        .withExitCode(code)));
        return new Report(result, code == 0, errors.unreadable(), errors.unreadableCount());
    }

    @Override
    public RunResult.Forget forget(Job.Forget job) throws InterruptedException {
        var output = new UpkeepOutput();
        var command = restic.withArguments(ResticArguments.forget(job, config.retryLock()))
                .withTimeout(job.limits().timeout());
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
        run(restic.withArguments("unlock", "--json").withTimeout(SHORT), line -> {}, new ErrorOutput());
    }

    private Duration run(Command command, Consumer<String> output, ErrorOutput errors) throws InterruptedException {
        long start = System.nanoTime();
        runAllowing(0, command, output, errors);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** @return the code: 0, or the one that is allowed */
    private int runAllowing(int allowed, Command command, Consumer<String> output, ErrorOutput errors)
            throws InterruptedException {
        lastStart = clock.instant();
        var contact = new Contact(Thread.currentThread(), config.contactLimit());
        try {
            Exit exit = runner.run(command, contact.heard(output), contact.complained(errors));
            if (exit.code() != 0 && exit.code() != allowed) {
                throw new JobFailedException(ResticFailures.of(what(command), exit.code(), errors.lastWords()));
            }
            return exit.code();
        } catch (ProgramException e) {
            throw notRun(command, e);
        } catch (InterruptedException e) {
            if (contact.lost()) {
                throw new JobFailedException(ResticFailures.noContact(what(command), errors.lastWords()));
            }
            throw e;
        } finally {
            contact.close();
        }
    }

    private String what(Command command) {
        return "restic " + command.argv().get(1) + " of " + url();
    }

    private JobFailedException notRun(Command command, ProgramException e) {
        var message = Urls.shown(String.valueOf(e.getMessage()));
        return switch (e.problem()) {
            case TIMED_OUT ->
                new JobFailedException(
                        Cause.TIMED_OUT,
                        what(command) + " took longer than " + command.timeout(),
                        "raise 'timeout' in the fleet file, or see why it is slow; what was sent is not sent again");
            case NOT_FOUND, NOT_STARTED -> ResticRepositories.unusable(message, "see nightshift.worker.restic");
        };
    }

    /** restic touches {@code <cache>/<id>} each time it opens a repository (restic, internal/cache). */
    @Override
    public boolean lastUsed(String id) {
        try {
            var touched = Files.getLastModifiedTime(cache.resolve(id)).toInstant();
            return !touched.isBefore(lastStart.minus(CLOCK_GRAIN));
        } catch (IOException e) {
            return own.resticOptions().contains("--no-cache");
        }
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

    /** Ends a run that never got an answer: restic retries a refused key, and a dead server, for a quarter of an hour. */
    private static final class Contact {
        private static final String RETRYING = "retrying after";

        private final AtomicReference<Thread> caller;
        private final long limitNanos;
        private volatile boolean heard;
        private volatile boolean lost;
        private long firstComplaint;

        Contact(Thread caller, Duration limit) {
            this.caller = new AtomicReference<>(caller);
            this.limitNanos = limit.toNanos();
        }

        Consumer<String> heard(Consumer<String> next) {
            return line -> {
                heard = true;
                next.accept(line);
            };
        }

        Consumer<String> complained(Consumer<String> next) {
            return line -> {
                next.accept(line);
                if (!heard && line.contains(RETRYING)) {
                    complaint(System.nanoTime());
                }
            };
        }

        private void complaint(long now) {
            if (firstComplaint == 0) {
                firstComplaint = now;
            } else if (now - firstComplaint > limitNanos) {
                var thread = caller.getAndSet(null);
                if (thread != null) {
                    lost = true;
                    thread.interrupt();
                }
            }
        }

        boolean lost() {
            return lost;
        }

        /** An interruption of ours that came after the end is taken back. */
        void close() {
            if (caller.getAndSet(null) == null) {
                Thread.interrupted();
            }
        }
    }
}
