package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.Names;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.TraceContext;
import java.time.Instant;

/** On {@code backup.snapshot.<host>.*}: what became of a host's ZFS snapshots, and the word that they may go. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SnapshotEvent.Ready.class, name = "snapshot.ready"),
    @JsonSubTypes.Type(value = SnapshotEvent.Failed.class, name = "snapshot.failed"),
    @JsonSubTypes.Type(value = SnapshotEvent.Release.class, name = "snapshot.release")
})
public sealed interface SnapshotEvent {
    String host();

    NightId night();

    Instant at();

    @JsonIgnore
    String subject();

    /** The same for a repeat of the same fact: one of each kind for a host and night. */
    default CloudEvent cloudEvent(String source) {
        var kind = subject().substring(subject().lastIndexOf('.') + 1);
        return new CloudEvent(
                        "snapshot-" + kind + "/" + night() + "/" + host(),
                        source,
                        "nightshift.snapshot." + kind,
                        at(),
                        host())
                .in(TraceContext.of(night(), host()));
    }

    /** By the snapshot-service: taken, held and readable. Without it there is no backup. */
    record Ready(String host, NightId night, Instant at, SnapshotSource source) implements SnapshotEvent {
        public Ready {
            Names.require("host", Copies.required("host", host));
            Copies.required("night", night);
            Copies.required("at", at);
            Copies.required("source", source);
        }

        @Override
        public String subject() {
            return Subjects.snapshotReady(host);
        }
    }

    /**
     * By the snapshot-service: there is none, so no backup of the host this night.
     *
     * @param reason what, which and why, in one line
     * @param advice what to do
     */
    record Failed(String host, NightId night, Instant at, String reason, String advice) implements SnapshotEvent {
        public Failed {
            Names.require("host", Copies.required("host", host));
            Copies.required("night", night);
            Copies.required("at", at);
            Copies.required("reason", reason);
            Copies.required("advice", advice);
        }

        @Override
        public String subject() {
            return Subjects.snapshotFailed(host);
        }
    }

    /** By the scheduler: the jobs of that night and host have ended, the hold may go. Harmless when repeated. */
    record Release(String host, NightId night, Instant at) implements SnapshotEvent {
        public Release {
            Names.require("host", Copies.required("host", host));
            Copies.required("night", night);
            Copies.required("at", at);
        }

        @Override
        public String subject() {
            return Subjects.snapshotRelease(host);
        }
    }
}
