package io.nightshift.worker.restore;

import io.nightshift.contract.Sha256;
import io.nightshift.worker.restore.Archive.Entry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Chooses files of a snapshot as they are listed: all, or where they are more than may be restored, some at random. Which
 * ones follows from the seed, so that a repeated attempt restores the same, and each month's test others.
 */
final class Sample implements Consumer<Entry> {
    /** Each is an argument of restic; with the longest paths (4,096 bytes) these are half of what Linux takes (2 MiB). */
    static final int MAX_FILES = 200;

    private final String seed;
    private final long maxBytes;
    private final TreeMap<Long, Entry> chosen = new TreeMap<>();
    private long chosenBytes;
    private long allFiles;
    private long allBytes;
    private long filesTooLarge;
    private long bytesTooLarge;

    Sample(String seed, long maxBytes) {
        this.seed = seed;
        this.maxBytes = maxBytes;
    }

    @Override
    public void accept(Entry entry) {
        if (entry.kind() != Archive.Kind.FILE) {
            return;
        }
        allFiles++;
        allBytes += entry.size();
        if (entry.size() > maxBytes) {
            filesTooLarge++;
            bytesTooLarge += entry.size();
        } else if (Comparison.canBeNamed(entry)) {
            add(entry);
        }
    }

    /** Those with the lowest numbers stay. */
    private void add(Entry entry) {
        var before = chosen.put(number(entry), entry);
        chosenBytes += entry.size() - (before == null ? 0 : before.size());
        while (chosenBytes > maxBytes || chosen.size() > MAX_FILES) {
            chosenBytes -= chosen.pollLastEntry().getValue().size();
        }
    }

    private long number(Entry entry) {
        return ByteBuffer.wrap(Sha256.of(seed + entry.path())).getLong();
    }

    private boolean isAll() {
        return allBytes <= maxBytes;
    }

    /** For restic; empty: everything. */
    List<String> includes() {
        return isAll()
                ? List.of()
                : chosen.values().stream()
                        .map(Entry::path)
                        .map(Selection::asPattern)
                        .toList();
    }

    /** To be restored. */
    long files() {
        return isAll() ? allFiles : chosen.size();
    }

    long bytes() {
        return isAll() ? allBytes : chosenBytes;
    }

    long allFiles() {
        return allFiles;
    }

    long allBytes() {
        return allBytes;
    }

    /** That are not restored, whatever the seed. */
    long filesTooLarge() {
        return filesTooLarge;
    }

    long bytesTooLarge() {
        return bytesTooLarge;
    }
}
