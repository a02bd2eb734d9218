package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.JobId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.TraceContext;
import io.nightshift.contract.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * On {@code backup.job.<host>.<service>.<destination>}: one run of restic, with all that a worker needs but secrets, and
 * but what could run a command or choose a place, which the worker takes from its own fleet file.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Job.Backup.class, name = "job.backup"),
    @JsonSubTypes.Type(value = Job.Forget.class, name = "job.forget"),
    @JsonSubTypes.Type(value = Job.Check.class, name = "job.check"),
    @JsonSubTypes.Type(value = Job.RestoreTest.class, name = "job.restore-test")
})
public sealed interface Job {
    JobId id();

    /** When it was to be released. */
    Instant due();

    /** As the scheduler's fleet file has it. A worker whose own says otherwise fails the job: one of them is old. */
    String repository();

    Limits limits();

    @JsonIgnore
    default String subject() {
        return Subjects.job(id().target());
    }

    default CloudEvent cloudEvent(String source) {
        return new CloudEvent(
                        id().toString(), source, "nightshift.job." + id().work().word(), due(), id().toString())
                .in(TraceContext.of(id()));
    }

    /**
     * Back up.
     *
     * @param paths absolute, as on the host
     * @param tags restic's, beside those that Nightshift sets itself
     * @param allowEmpty whether a path with nothing in it is fine
     * @param shrinkTolerance a backup with fewer files or bytes than the last good one, by more than this fraction, is
     *     suspect; 0 to 1, where 1 allows everything
     */
    record Backup(
            JobId id,
            Instant due,
            String repository,
            Limits limits,
            SnapshotSource source,
            List<String> paths,
            Excludes excludes,
            List<String> tags,
            boolean allowEmpty,
            double shrinkTolerance)
            implements Job {
        public Backup {
            require(Work.BACKUP, id, due, repository, limits);
            Copies.required("source", source);
            paths = Copies.list(paths);
            excludes = excludes == null ? Excludes.none() : excludes;
            tags = Copies.list(tags);
            if (paths.isEmpty()) {
                throw new IllegalArgumentException("missing: 'paths'");
            }
            if (!(shrinkTolerance >= 0 && shrinkTolerance <= 1)) {
                throw new IllegalArgumentException("shrinkTolerance is from 0 to 1, not " + shrinkTolerance);
            }
        }
    }

    /** Remove snapshots by the retention policy, and prune. */
    record Forget(JobId id, Instant due, String repository, Limits limits, Retention retention) implements Job {
        public Forget {
            require(Work.FORGET, id, due, repository, limits);
            Copies.required("retention", retention);
            if (!retention.keepsSomething()) {
                throw new IllegalArgumentException("a retention that keeps nothing would remove every snapshot");
            }
        }
    }

    /**
     * Check the repository.
     *
     * @param readDataSubset how much of the data is read, as restic has it: {@code 5%}, {@code 1/7}, {@code 500M};
     *     empty: structure only
     */
    record Check(JobId id, Instant due, String repository, Limits limits, Optional<String> readDataSubset)
            implements Job {
        public Check {
            require(Work.CHECK, id, due, repository, limits);
            readDataSubset = Copies.optional(readDataSubset);
        }
    }

    /**
     * Restore the newest snapshot to the worker's disk, verify it, and remove it again.
     *
     * @param maxBytes of a larger one, files chosen at random that are no more than this together; above 0
     */
    record RestoreTest(JobId id, Instant due, String repository, Limits limits, long maxBytes) implements Job {
        public RestoreTest {
            require(Work.RESTORE_TEST, id, due, repository, limits);
            if (maxBytes <= 0) {
                throw new IllegalArgumentException("maxBytes is above 0, not " + maxBytes);
            }
        }
    }

    private static void require(Work work, JobId id, Instant due, String repository, Limits limits) {
        if (Copies.required("id", id).work() != work) {
            throw new IllegalArgumentException("the id " + id + " is not of a " + work.word());
        }
        Copies.required("due", due);
        Copies.required("repository", repository);
        Copies.required("limits", limits);
    }
}
