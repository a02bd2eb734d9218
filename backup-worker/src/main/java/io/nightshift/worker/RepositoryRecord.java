package io.nightshift.worker;

import io.nightshift.contract.event.RunResult;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a repository, so that it is created once and never anew in silence.
 *
 * @param id restic's
 * @param url without credentials
 * @param createdAt when it was created, or first seen
 * @param lastGood the last backup that succeeded
 */
public record RepositoryRecord(String id, String url, Instant createdAt, Optional<Good> lastGood) {

    /** @param at when it ended */
    public record Good(String snapshot, long files, long bytes, Instant at) {}

    // An absent field arrives as null from JSON, whatever the annotations say.
    @SuppressWarnings({"OptionalAssignedToNull", "OptionalUsedAsFieldOrParameterType"})
    public RepositoryRecord {
        lastGood = lastGood == null ? Optional.empty() : lastGood;
    }

    RepositoryRecord withGood(RunResult.Backup result, Instant at) {
        var good = new Good(result.snapshot(), result.filesProcessed(), result.bytesProcessed(), at);
        return new RepositoryRecord(id, url, createdAt, Optional.of(good));
    }
}
