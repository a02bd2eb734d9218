package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/** The answer of a snapshot-service to a {@link Safeguard}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SafeguardAnswer.Taken.class, name = "taken"),
    @JsonSubTypes.Type(value = SafeguardAnswer.Failed.class, name = "failed")
})
public sealed interface SafeguardAnswer {

    /**
     * They are there; of a dry run, they could be.
     *
     * @param zfsSnapshots by name, one for each dataset
     * @param until when they are destroyed, unless somebody does it before, or holds them
     */
    record Taken(List<String> zfsSnapshots, Instant until) implements SafeguardAnswer {
        public Taken {
            zfsSnapshots = Copies.list(zfsSnapshots);
            Copies.required("until", until);
        }
    }

    /** Why there are none. */
    record Failed(Failure failure) implements SafeguardAnswer {
        public Failed {
            Copies.required("failure", failure);
        }
    }
}
