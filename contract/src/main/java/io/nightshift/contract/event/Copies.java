package io.nightshift.contract.event;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the constructors of messages share: JSON leaves out what is empty, so it arrives as null. */
final class Copies {
    private Copies() {}

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    // An absent field arrives as null where the record has an Optional, whatever the annotations say.
    @SuppressWarnings({"OptionalUsedAsFieldOrParameterType", "OptionalAssignedToNull"})
    static <T> Optional<T> optional(@Nullable Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("missing: '" + field + "'");
        }
        return value;
    }
}
