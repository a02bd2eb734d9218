package io.nightshift.scheduler.access;

import io.nightshift.contract.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Browsers that have shown the token. Their ids are random and kept as hashes, in memory only: a restart logs everybody out.
 * Thread-safe.
 */
final class Sessions {
    static final Duration LIFE = Duration.ofDays(7);

    private static final int LIMIT = 1_000;
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> ends = new ConcurrentHashMap<>();

    /** A new id, for its owner alone. Of too many the oldest ends. */
    String begin(Instant now) {
        ends.values().removeIf(end -> !end.isAfter(now));
        if (ends.size() >= LIMIT) {
            ends.entrySet().stream()
                    .min(Comparator.comparing(Map.Entry::getValue))
                    .ifPresent(oldest -> ends.remove(oldest.getKey()));
        }
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ends.put(key(id), now.plus(LIFE));
        return id;
    }

    boolean knows(String id, Instant now) {
        var end = ends.get(key(id));
        return end != null && end.isAfter(now);
    }

    void end(String id) {
        ends.remove(key(id));
    }

    private static String key(String id) {
        return HexFormat.of().formatHex(Sha256.of(id));
    }
}
