package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.Names;
import io.nightshift.contract.Subjects;
import java.time.Instant;

/**
 * On {@code backup.alert.<kind>}: what no single job can say.
 *
 * @param kind a name: {@code disabled}, {@code overdue}, …
 * @param about what it concerns, stable over repeats: {@code daedalus}, {@code daedalus/prowlarr/local}
 * @param message what, which and why, in one line
 * @param advice what to do next
 */
public record Alert(String kind, String about, Instant at, String message, String advice) {
    /** Backups of a host, service or destination are switched off on a host that matters. */
    public static final String DISABLED = "disabled";

    public Alert {
        Names.require("alert", Copies.required("kind", kind));
        Copies.required("about", about);
        Copies.required("at", at);
        Copies.required("message", message);
        advice = advice == null ? "" : advice;
    }

    @JsonIgnore
    public String subject() {
        return Subjects.alert(kind);
    }

    public CloudEvent cloudEvent(String source) {
        return new CloudEvent(
                "alert-" + kind + "/" + about + "/" + at.getEpochSecond(),
                source,
                "nightshift.alert." + kind,
                at,
                about);
    }
}
