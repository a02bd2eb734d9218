package io.nightshift.snapshot.zfs;

import io.nightshift.contract.NightId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One ZFS snapshot of one dataset, as {@code zfs list} prints it.
 *
 * @param name behind the {@code @}
 * @param guid a string, for it can exceed a signed 64 bit number
 * @param createdAt in whole seconds; of several that are taken at once, in one transaction, a second may begin between two
 * @param references how many holds it has, ours and others'
 * @param night for which this service took it
 */
record ZfsSnapshot(
        String dataset, String name, String guid, Instant createdAt, int references, Optional<NightId> night) {

    /** The night of a ZFS snapshot, set in the step that creates it: so it is known after a reboot, and never by guessing. */
    static final String NIGHT_PROPERTY = "io.nightshift:night";

    static final String COLUMNS = "name,guid,creation,userrefs," + NIGHT_PROPERTY;

    String fullName() {
        return dataset + "@" + name;
    }

    /** Reads the output of {@code zfs list -Hp -o} {@link #COLUMNS}. */
    static List<ZfsSnapshot> parse(List<String> lines) {
        return lines.stream().map(ZfsSnapshot::parse).toList();
    }

    private static ZfsSnapshot parse(String line) {
        String[] column = line.split("\t", -1);
        int at = column[0].indexOf('@');
        if (column.length != 5 || at < 0) {
            throw new IllegalStateException("not a line of 'zfs list -Hp -o " + COLUMNS + "': " + line);
        }
        return new ZfsSnapshot(
                column[0].substring(0, at),
                column[0].substring(at + 1),
                column[1],
                Instant.ofEpochSecond(Long.parseLong(column[2])),
                Integer.parseInt(column[3]),
                night(column[4]));
    }

    private static Optional<NightId> night(String value) {
        try {
            return Optional.of(new NightId(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // "-": somebody else took it
        }
    }
}
