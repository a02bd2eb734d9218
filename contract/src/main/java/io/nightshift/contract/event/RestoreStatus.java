package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * On {@code backup.restored.<host>.<service>.<destination>}: the state of a restore, told by the worker. Every restore that
 * a worker has begun reaches exactly one final state: succeeded, failed or cancelled.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RestoreStatus.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = RestoreStatus.Running.class, name = "running"),
    @JsonSubTypes.Type(value = RestoreStatus.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = RestoreStatus.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = RestoreStatus.Cancelled.class, name = "cancelled")
})
public sealed interface RestoreStatus {
    /** The id of the request. */
    String restore();

    Target target();

    Instant at();

    /** 1 for the first; how often it was begun. 0: not yet. */
    int attempt();

    /** As in JSON: {@code succeeded}. */
    @JsonIgnore
    default String state() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @JsonIgnore
    default boolean isFinal() {
        return !(this instanceof Queued || this instanceof Running);
    }

    @JsonIgnore
    default String subject() {
        return Subjects.restored(target());
    }

    /** The same for a repeat of the same fact. */
    default CloudEvent cloudEvent(String source) {
        var about = target() + "/" + restore();
        return new CloudEvent(about + "/" + fact(), source, "nightshift.restore." + state(), at(), about);
    }

    private String fact() {
        if (isFinal()) {
            return "end";
        }
        var step = this instanceof Running running ? "/" + running.step().name().toLowerCase(Locale.ROOT) : "";
        return state() + "/" + attempt() + step;
    }

    /** What a running restore is at, in this order. */
    enum Step {
        /** That the snapshot, the paths, the place and the space are there. Nothing has been touched. */
        @JsonProperty("checking")
        CHECKING,
        /** The service, by its own commands. */
        @JsonProperty("stopping")
        STOPPING,
        @JsonProperty("restoring")
        RESTORING,
        @JsonProperty("verifying")
        VERIFYING,
        /** The service again, whatever happened. */
        @JsonProperty("starting")
        STARTING
    }

    /** Waiting, for the first time or for another try. */
    record Queued(String restore, Target target, Instant at, int attempt, Optional<Failure> lastFailure)
            implements RestoreStatus {
        public Queued {
            requireHead(restore, target, at);
            lastFailure = Copies.optional(lastFailure);
        }
    }

    /** @param worker which one: {@code <host name>-<process id>} */
    record Running(String restore, Target target, Instant at, int attempt, String worker, Step step)
            implements RestoreStatus {
        public Running {
            requireHead(restore, target, at);
            Copies.required("worker", worker);
            Copies.required("step", step);
        }
    }

    /** Everything that was asked for is there, and the service was started again. */
    record Succeeded(String restore, Target target, Instant at, int attempt, String worker, RestoreResult result)
            implements RestoreStatus {
        public Succeeded {
            requireHead(restore, target, at);
            Copies.required("worker", worker);
            Copies.required("result", result);
        }
    }

    /**
     * @param did what was done all the same, as in {@link RestoreResult}; empty: nothing was touched
     * @param dryRun it was only to say what would be done
     */
    record Failed(
            String restore, Target target, Instant at, int attempt, Failure failure, List<String> did, boolean dryRun)
            implements RestoreStatus {
        public Failed {
            requireHead(restore, target, at);
            Copies.required("failure", failure);
            did = Copies.list(did);
        }
    }

    /** Somebody asked for its end. What came back before stays. */
    record Cancelled(String restore, Target target, Instant at, int attempt, List<String> did)
            implements RestoreStatus {
        public Cancelled {
            requireHead(restore, target, at);
            did = Copies.list(did);
        }
    }

    private static void requireHead(String restore, Target target, Instant at) {
        Copies.required("restore", restore);
        Copies.required("target", target);
        Copies.required("at", at);
    }
}
