package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.JobId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.TraceContext;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * On {@code backup.status.<host>.<service>.<destination>}, and for upkeep on {@code
 * backup.upkeep.<host>.<service>.<destination>.<work>}: the state of a job. The last one of a subject is the state.
 * Every planned job reaches exactly one final state.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobStatus.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = JobStatus.Running.class, name = "running"),
    @JsonSubTypes.Type(value = JobStatus.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = JobStatus.Incomplete.class, name = "incomplete"),
    @JsonSubTypes.Type(value = JobStatus.Suspect.class, name = "suspect"),
    @JsonSubTypes.Type(value = JobStatus.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = JobStatus.Interrupted.class, name = "interrupted"),
    @JsonSubTypes.Type(value = JobStatus.Skipped.class, name = "skipped")
})
public sealed interface JobStatus {
    JobId job();

    Instant at();

    /** 1 for the first; how often the job was begun. 0: not yet. */
    int attempt();

    /** As in JSON: {@code succeeded}. */
    @JsonIgnore
    default String state() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Whether this is the job's end. */
    @JsonIgnore
    default boolean isFinal() {
        return !(this instanceof Queued || this instanceof Running);
    }

    /** Why the job did not succeed, or, of a queued one, why it did not the last time. */
    @JsonIgnore
    default Optional<Failure> problem() {
        return Optional.empty();
    }

    /** What restic did, where it finished. */
    @JsonIgnore
    default Optional<RunResult> outcome() {
        return Optional.empty();
    }

    @JsonIgnore
    default String subject() {
        return Subjects.status(job());
    }

    /** A job has each state once an attempt, and one end: so a repeat carries the same id and is dropped. */
    default CloudEvent cloudEvent(String source) {
        var id = isFinal() ? job() + "/end" : job() + "/" + state() + "/" + attempt();
        return new CloudEvent(id, source, "nightshift.status." + state(), at(), job().toString())
                .in(TraceContext.of(job()));
    }

    /**
     * Planned, or waiting for another try.
     *
     * @param due when it is, or was, to start
     */
    record Queued(JobId job, Instant at, int attempt, Instant due, Optional<Failure> lastFailure) implements JobStatus {
        public Queued {
            requireHead(job, at);
            Copies.required("due", due);
            lastFailure = Copies.optional(lastFailure);
        }

        @Override
        public Optional<Failure> problem() {
            return lastFailure;
        }
    }

    /** @param worker which one: {@code <host name>-<process id>} */
    record Running(JobId job, Instant at, int attempt, String worker) implements JobStatus {
        public Running {
            requireHead(job, at);
            Copies.required("worker", worker);
        }
    }

    /** Exit 0, a snapshot id, and files seen. */
    record Succeeded(JobId job, Instant at, int attempt, String worker, RunResult result) implements JobStatus {
        public Succeeded {
            requireHead(job, at);
            Copies.required("worker", worker);
            Copies.required("result", result);
        }

        @Override
        public Optional<RunResult> outcome() {
            return Optional.of(result);
        }
    }

    /** There is a snapshot, but not all files are in it: the failure names them. */
    record Incomplete(JobId job, Instant at, int attempt, String worker, RunResult result, Failure failure)
            implements JobStatus {
        public Incomplete {
            requireHead(job, at);
            Copies.required("worker", worker);
            Copies.required("result", result);
            Copies.required("failure", failure);
        }

        @Override
        public Optional<RunResult> outcome() {
            return Optional.of(result);
        }

        @Override
        public Optional<Failure> problem() {
            return Optional.of(failure);
        }
    }

    /** There is a snapshot, and it is smaller than it should be. */
    record Suspect(JobId job, Instant at, int attempt, String worker, RunResult result, Failure failure)
            implements JobStatus {
        public Suspect {
            requireHead(job, at);
            Copies.required("worker", worker);
            Copies.required("result", result);
            Copies.required("failure", failure);
        }

        @Override
        public Optional<RunResult> outcome() {
            return Optional.of(result);
        }

        @Override
        public Optional<Failure> problem() {
            return Optional.of(failure);
        }
    }

    /** Nothing was backed up. */
    record Failed(JobId job, Instant at, int attempt, Failure failure) implements JobStatus {
        public Failed {
            requireHead(job, at);
            Copies.required("failure", failure);
        }

        @Override
        public Optional<Failure> problem() {
            return Optional.of(failure);
        }
    }

    /** It was begun, its worker died or was stopped, and nobody will try again. */
    record Interrupted(JobId job, Instant at, int attempt, Failure failure) implements JobStatus {
        public Interrupted {
            requireHead(job, at);
            Copies.required("failure", failure);
        }

        @Override
        public Optional<Failure> problem() {
            return Optional.of(failure);
        }
    }

    /** It was never begun, and that is nobody's fault: a later night took its place, or it left the fleet file. */
    record Skipped(JobId job, Instant at, int attempt, Failure failure) implements JobStatus {
        public Skipped {
            requireHead(job, at);
            Copies.required("failure", failure);
        }

        @Override
        public Optional<Failure> problem() {
            return Optional.of(failure);
        }
    }

    private static void requireHead(JobId job, Instant at) {
        Copies.required("job", job);
        Copies.required("at", at);
    }
}
