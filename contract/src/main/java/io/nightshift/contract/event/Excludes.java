package io.nightshift.contract.event;

import java.util.List;

/**
 * What of the paths is left out, in restic's own terms.
 *
 * @param patterns {@code --exclude}
 * @param ifPresent {@code --exclude-if-present}: folders that hold a file of this name
 * @param caches {@code --exclude-caches}: folders with a CACHEDIR.TAG
 */
public record Excludes(List<String> patterns, List<String> ifPresent, boolean caches) {
    public Excludes {
        patterns = Copies.list(patterns);
        ifPresent = Copies.list(ifPresent);
    }

    public static Excludes none() {
        return new Excludes(List.of(), List.of(), false);
    }
}
