package io.nightshift.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/**
 * Names a job: {@code <night>/<host>/<service>/<destination>}, and for upkeep {@code /forget}, {@code /check} or {@code /restore-test} behind
 * it. Also the message id of the job on the bus, so that a job is known wherever it shows up.
 */
public record JobId(NightId night, Target target, Work work) implements Comparable<JobId> {
    private static final Comparator<JobId> ORDER =
            Comparator.comparing(JobId::night).thenComparing(JobId::target).thenComparing(JobId::work);

    public static JobId backup(NightId night, Target target) {
        return new JobId(night, target, Work.BACKUP);
    }

    /** @throws IllegalArgumentException if it is no id of a job */
    @JsonCreator
    public static JobId parse(String text) {
        var part = text.split("/", -1);
        if (part.length < 4 || part.length > 5) {
            throw new IllegalArgumentException("not the id of a job: '" + Text.shown(text, 200) + "'");
        }
        var work = part.length == 4 ? Work.BACKUP : Work.of(part[4]);
        return new JobId(new NightId(part[0]), new Target(part[1], part[2], part[3]), work);
    }

    /** In a key-value bucket: {@code <host>.<service>.<destination>.<night>}, with the work behind it for upkeep. */
    public String key() {
        return target.tokens() + "." + night + (work == Work.BACKUP ? "" : "." + work.word());
    }

    @Override
    public int compareTo(JobId other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return night + "/" + target + (work == Work.BACKUP ? "" : "/" + work.word());
    }
}
