package io.nightshift.it.fault.judge;

import java.util.List;
import java.util.Optional;

/** Tags of the form {@code key:value}. */
final class Tags {
    private Tags() {}

    static Optional<String> value(List<String> tags, String key) {
        return tags.stream()
                .filter(tag -> tag.startsWith(key + ":"))
                .map(tag -> tag.substring(key.length() + 1))
                .findFirst();
    }
}
