package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.Names;
import io.nightshift.contract.Subjects;
import java.time.Instant;
import java.util.Optional;

/**
 * On {@code backup.alert.<kind>}: what no single job can say.
 *
 * @param kind a name: {@code disabled}, {@code overdue}, …
 * @param about what it concerns, stable over repeats: {@code daedalus}, {@code daedalus/prowlarr/local}
 * @param message what, which and why, in one line
 * @param advice what to do next
 * @param cause of overdue jobs, what their own states said; absent: they said nothing
 * @param over whether this says that what an earlier one told of has ended
 */
public record Alert(
        String kind, String about, Instant at, String message, String advice, Optional<Cause> cause, boolean over) {
    /** Backups of a host, service or destination are switched off on a host that matters. */
    public static final String DISABLED = "disabled";

    /** A job has no good backup that is young enough, whatever the reason. */
    public static final String OVERDUE = "overdue";

    /** A dataset or folder of a host that no service backs up, and nobody has said that it need not be. */
    public static final String UNCOVERED = "uncovered";

    /** A job was released, and no worker takes it. */
    public static final String WAITING = "waiting";

    /** A file system that backups need is nearly full. */
    public static final String DISK = "disk";

    public Alert {
        Names.require("alert", Copies.required("kind", kind));
        Copies.required("about", about);
        Copies.required("at", at);
        Copies.required("message", message);
        advice = advice == null ? "" : advice;
        cause = Copies.optional(cause);
    }

    /** Raised: it is so now. */
    public static Alert of(String kind, String about, Instant at, String message, String advice) {
        return new Alert(kind, about, at, message, advice, Optional.empty(), false);
    }

    /** Ended: it is no longer so. */
    public static Alert ended(String kind, String about, Instant at, String message) {
        return new Alert(kind, about, at, message, "", Optional.empty(), true);
    }

    /** The same, for what the jobs' own states have said already. */
    public Alert because(Cause told) {
        return new Alert(kind, about, at, message, advice, Optional.of(told), over);
    }

    @JsonIgnore
    public String subject() {
        return Subjects.alert(kind);
    }

    public CloudEvent cloudEvent(String source) {
        return new CloudEvent(
                "alert-" + kind + "/" + about + "/" + at.getEpochSecond() + (over ? "/over" : ""),
                source,
                "nightshift.alert." + kind,
                at,
                about);
    }
}
