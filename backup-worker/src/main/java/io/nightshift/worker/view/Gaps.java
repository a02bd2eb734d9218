package io.nightshift.worker.view;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.worker.JobFailedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Refuses jobs whose paths reach into a dataset that would look like an empty folder: the data would be left out in silence. */
final class Gaps {
    private Gaps() {}

    static void refuse(Job.Backup job) {
        job.source().gaps().stream()
                .filter(gap -> isHit(job, Path.of(gap)))
                .findFirst()
                .ifPresent(gap -> {
                    throw new JobFailedException(
                            Cause.CONFIGURATION,
                            "the dataset at " + gap + " is not in the ZFS snapshot, or not mounted",
                            "mount it, or name it in 'datasets' of the host; or leave " + gap + " out of 'paths'");
                });
        if (job.source().access() == Access.DOT_ZFS) {
            refuseBelow(job);
        }
    }

    /** Below the path, or above it and nearer than the dataset that is read for it. */
    private static boolean isHit(Job.Backup job, Path gap) {
        return job.paths().stream()
                .map(Path::of)
                .anyMatch(path -> gap.startsWith(path)
                        || (path.startsWith(gap)
                                && holder(job, path).filter(gap::startsWith).isPresent()));
    }

    private static Optional<Path> holder(Job.Backup job, Path path) {
        return mountpoints(job)
                .filter(path::startsWith)
                .max((a, b) -> Integer.compare(a.getNameCount(), b.getNameCount()));
    }

    /** Only a view shows a dataset in its place in another. */
    private static void refuseBelow(Job.Backup job) {
        job.paths().stream()
                .map(Path::of)
                .flatMap(path -> mountpoints(job).filter(point -> point.startsWith(path) && !point.equals(path)))
                .findFirst()
                .ifPresent(point -> {
                    throw new JobFailedException(
                            Cause.CONFIGURATION,
                            "with access dot-zfs the dataset at " + point + " looks empty from the one above it",
                            "make " + point + " a path of a service of its own, or use access: view");
                });
    }

    private static Stream<Path> mountpoints(Job.Backup job) {
        return job.source().datasets().stream()
                .flatMap(dataset -> dataset.mountpoint().stream())
                .map(Path::of);
    }
}
