package io.nightshift.notifier;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is empty is not kept, and comes back as null. */
final class Absent {
    private Absent() {}

    // An absent field arrives as null where the record has an Optional, whatever the annotations say.
    @SuppressWarnings({"OptionalUsedAsFieldOrParameterType", "OptionalAssignedToNull"})
    static <T> Optional<T> optional(@Nullable Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }
}
