package io.nightshift.worker.restore;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.RestoreTests;
import io.nightshift.worker.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Restores the newest snapshot, or a part of it, into a folder below the worker's {@code state-dir}. restic compares the content
 * of each file with what is stored ({@code --verify}), and what then lies there is compared in number and size with the list of the snapshot.
 */
@ApplicationScoped
class RestoreTest implements RestoreTests {
    private static final Logger LOG = Logger.getLogger(RestoreTest.class);

    private static final double MILLIS = 1000;

    private final Archive.Opener opener;
    private final WorkerConfig.Worker config;

    /** From the look at the free space until it is free again, or two tests would count on the same. Fair: each gets its turn. */
    private final Lock oneAtATime = new ReentrantLock(true);

    RestoreTest(Archive.Opener opener, WorkerConfig config) {
        this.opener = opener;
        this.config = config.worker();
    }

    @Override
    public RunResult.RestoreTest run(Job.RestoreTest job, ServiceBackup own, Destination destination)
            throws InterruptedException {
        try {
            return attempt(job, own, destination);
        } catch (JobFailedException e) {
            if (!e.failure().cause().isDamage()) {
                throw e;
            }
            LOG.warnf(
                    "looks like damage, is tried once more: job=%s why=%s",
                    job.id(), e.failure().message());
            return again(job, own, destination);
        }
    }

    /** Anything may keep a file from coming back once; who is told of damage gives up a destination. */
    private RunResult.RestoreTest again(Job.RestoreTest job, ServiceBackup own, Destination destination)
            throws InterruptedException {
        try {
            var result = attempt(job, own, destination);
            LOG.warnf("came back at the second try, no damage: job=%s", job.id());
            return result;
        } catch (JobFailedException e) {
            throw e.failure().cause().isDamage() ? damaged(e, job.id().target()) : e;
        }
    }

    /** What restic advises to mend is nothing of ours here: the folder is new, and there is room in it. */
    private static JobFailedException damaged(JobFailedException e, Target target) {
        var failure = e.failure();
        var advice = "do not count on this destination until it is mended: nightshift run " + target.arguments()
                + " --work check says more, and https://restic.readthedocs.io/en/stable/077_troubleshooting.html how";
        return new JobFailedException(
                Failure.of(failure.cause(), failure.message(), advice).withPaths(failure.paths(), failure.pathCount()),
                e);
    }

    private RunResult.RestoreTest attempt(Job.RestoreTest job, ServiceBackup own, Destination destination)
            throws InterruptedException {
        long begun = System.nanoTime();
        var archive = opener.open(own, destination);
        var snapshot = newest(job, archive);
        var sample = new Sample(job.id().toString(), job.maxBytes());
        archive.list(snapshot, sample);
        requireSome(sample, job, snapshot);
        restoreAlone(archive, snapshot, sample, job);
        double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / MILLIS;
        return new RunResult.RestoreTest(
                snapshot.id(),
                snapshot.time(),
                sample.files(),
                sample.allFiles(),
                sample.filesTooLarge(),
                sample.bytes(),
                sample.allBytes(),
                sample.bytesTooLarge(),
                seconds);
    }

    private static Archive.Snapshot newest(Job.RestoreTest job, Archive archive) throws InterruptedException {
        return archive.snapshots().stream()
                .max(Archive.Snapshot.BY_AGE)
                .orElseThrow(() -> new JobFailedException(
                        Cause.SNAPSHOT_UNKNOWN,
                        "there is no snapshot in the repository of " + job.id().target() + " to restore",
                        "back up first"));
    }

    /** An empty snapshot comes back as nothing, rightly; one whose files are all too large proves nothing. */
    private static void requireSome(Sample sample, Job.RestoreTest job, Archive.Snapshot snapshot) {
        if (sample.files() == 0 && sample.allFiles() > 0) {
            throw new JobFailedException(
                    Cause.CONFIGURATION,
                    "no restore of " + job.id().target() + " was tested: each of the " + sample.allFiles()
                            + " files of snapshot " + snapshot.shortId() + " is larger than " + job.maxBytes()
                            + " bytes",
                    "raise upkeep.restore-test-size in the fleet file, or set upkeep.restore-test to never");
        }
    }

    private void restoreAlone(Archive archive, Archive.Snapshot snapshot, Sample sample, Job.RestoreTest job)
            throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            restore(archive, snapshot, sample, job);
        } finally {
            oneAtATime.unlock();
        }
    }

    private void restore(Archive archive, Archive.Snapshot snapshot, Sample sample, Job.RestoreTest job)
            throws InterruptedException {
        var target = job.id().target();
        var home = Scratch.home(config.stateDir());
        try (var scratch = Scratch.of(home, target).orElseThrow(() -> busy(target, home))) {
            requireRoom(scratch.folder(), sample.bytes());
            restore(archive, part(snapshot, sample, scratch.folder()));
            requireAll(sample, scratch.amount(), target, snapshot);
        } catch (UncheckedIOException e) {
            throw new JobFailedException(
                    Cause.OTHER,
                    "the restore test of " + target + " could not use " + home + ": " + e.getMessage(),
                    "see whether the worker's user may write there; remove what is still there of this test");
        }
    }

    /** Its lease was lost, and it has not ended yet; or a worker that starts removes what another left. */
    private static JobFailedException busy(Target target, Path home) {
        return new JobFailedException(
                Cause.PLACE_BUSY,
                "another process is at the restore test of " + target + " in " + home,
                "nothing: it is tried again");
    }

    /** For a user's restore it counts that files are missing; here, only why: a refused key or a lost network is no damage. */
    private static void restore(Archive archive, Archive.Part part) throws InterruptedException {
        try {
            archive.restore(part, counts -> {});
        } catch (JobFailedException e) {
            throw e.failure().cause() == Cause.RESTORE_INCOMPLETE
                            && e.getCause() instanceof JobFailedException original
                            && saysWhy(original.failure().cause())
                    ? original
                    : e;
        }
    }

    private static boolean saysWhy(Cause cause) {
        return cause != Cause.OTHER && !cause.isDamage();
    }

    private static void requireAll(Sample sample, Scratch.Amount found, Target target, Archive.Snapshot snapshot) {
        if (found.files() != sample.files() || found.bytes() != sample.bytes()) {
            throw new JobFailedException(
                    Cause.RESTORE_INCOMPLETE,
                    "the restore test of " + target + ", snapshot " + snapshot.shortId() + ", brought back "
                            + found.files() + " files of " + found.bytes() + " bytes, and should have " + sample.files()
                            + " of " + sample.bytes(),
                    "restore again");
        }
    }

    private static Archive.Part part(Archive.Snapshot snapshot, Sample sample, Path folder) {
        return new Archive.Part(snapshot, "/", folder, sample.includes(), Optional.empty(), false, false, true, false);
    }

    private void requireRoom(Path folder, long bytes) {
        long free = folder.toFile().getUsableSpace();
        if (free - bytes < config.leastFreeBytes()) {
            throw new JobFailedException(
                    Cause.WORKER_DISK_FULL,
                    "a restore test needs " + bytes + " bytes in " + folder + ", where " + free + " are free and "
                            + config.leastFreeBytes() + " must stay so",
                    "make room on the worker's disk, move nightshift.worker.state-dir, or lower upkeep.restore-test-size");
        }
    }
}
