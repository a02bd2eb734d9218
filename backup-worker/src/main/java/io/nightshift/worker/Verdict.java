package io.nightshift.worker;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import java.time.Instant;
import java.util.Optional;

/** Which end a backup with a snapshot comes to. Pure. */
record Verdict(Job.Backup job, Instant at, int attempt, String worker) {

    JobStatus of(Repository.Report report, Optional<RepositoryRecord.Good> lastGood) {
        var result = report.result();
        if (!report.complete()) {
            return new JobStatus.Incomplete(job.id(), at, attempt, worker, result, unreadable(report));
        }
        if (result.filesProcessed() == 0 && !job.allowEmpty()) {
            return new JobStatus.Suspect(job.id(), at, attempt, worker, result, noFiles());
        }
        return lastGood.flatMap(good -> shrunk(result, good))
                .<JobStatus>map(failure -> new JobStatus.Suspect(job.id(), at, attempt, worker, result, failure))
                .orElseGet(() -> new JobStatus.Succeeded(job.id(), at, attempt, worker, result));
    }

    private Failure unreadable(Repository.Report report) {
        var paths = report.unreadable();
        return Failure.of(
                        Cause.FILES_UNREADABLE,
                        unreadableFiles(report) + " of " + job.id().target() + " could not be read"
                                + (paths.isEmpty() ? "" : ", the first: " + paths.get(0)),
                        "give the worker the right to read them, or exclude them; the rest is backed up")
                .withPaths(paths, report.unreadableCount())
                .withExitCode(3);
    }

    private static String unreadableFiles(Repository.Report report) {
        return report.unreadableCount() > 1 ? report.unreadableCount() + " files" : "a file";
    }

    private Failure noFiles() {
        return Failure.of(
                Cause.PATH_EMPTY,
                "restic saw no file in " + String.join(", ", job.paths()),
                "check paths and excludes; if that is right, set allow-empty: true");
    }

    private Optional<Failure> shrunk(RunResult.Backup now, RepositoryRecord.Good good) {
        var files = shrunk("files", good.files(), now.filesProcessed());
        return files.isPresent() ? files : shrunk("bytes", good.bytes(), now.bytesProcessed());
    }

    private Optional<Failure> shrunk(String what, long before, long after) {
        if (after >= before * (1 - job.shrinkTolerance())) {
            return Optional.empty();
        }
        return Optional.of(Failure.of(
                Cause.SHRANK,
                job.id().target() + " has " + after + " " + what + ", the last good backup had " + before,
                "see whether data was lost; if that is right, raise shrink-tolerance for one night"));
    }
}
