package io.nightshift.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is wanted back, as of when, and where to. */
final class RestoreOptions {
    @Option(
            names = "--from",
            paramLabel = "DESTINATION",
            description = "Else the one with the newest snapshot that fits.")
    Optional<String> destination = Optional.empty();

    @ArgGroup(exclusive = true)
    When when = new When();

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "A file or folder, by its path on the host; may be repeated. Without it, everything.")
    List<String> paths = List.of();

    @ArgGroup(exclusive = true)
    Where where = new Where();

    @Option(names = "--delete", description = "In place: remove what the snapshot does not have, below the paths.")
    boolean delete;

    @Option(
            names = "--no-zfs-snapshot",
            description = "In place: do not take a ZFS snapshot of how it is now first. There is no way back then.")
    boolean withoutZfsSnapshot;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    boolean dryRun;

    RestoreOptions() {}

    /** Of these, one. */
    static final class When {
        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "The newest snapshot that is not later: 2026-04-17, 2026-04-17T09:00.")
        Optional<String> at = Optional.empty();

        @Option(names = "--snapshot", paramLabel = "ID", description = "This one; else the newest.")
        Optional<String> snapshot = Optional.empty();

        When() {}
    }

    /** Of these, one. */
    static final class Where {
        @Option(
                names = "--to",
                paramLabel = "DIR",
                description = "Into this folder, with the paths of the host below it.")
        Optional<Path> folder = Optional.empty();

        @Option(names = "--in-place", description = "Where it was, with the service stopped and started around it.")
        boolean inPlace;

        Where() {}
    }

    Optional<Instant> at(ZoneId zone) {
        return when.at.map(text -> time(text, zone));
    }

    /** A date alone is its end: what there was on that day. */
    private static Instant time(String text, ZoneId zone) {
        try {
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant();
            }
            var iso = text.replace(' ', 'T');
            return iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw CommandException.usage(
                    "--at " + text + " is no time; write 2026-04-17, 2026-04-17T09:00 or 2026-04-17T09:00Z");
        }
    }

    /** As the API wants it. */
    ObjectNode order(String host, List<String> services, ZoneId zone) {
        var order = JsonNodeFactory.instance.objectNode().put("host", host);
        services.forEach(order.withArray("services")::add);
        destination.ifPresent(name -> order.put("destination", name));
        when.snapshot.ifPresent(id -> order.put("snapshot", id));
        at(zone).ifPresent(time -> order.put("at", time.toString()));
        paths.forEach(order.withArray("paths")::add);
        order.put("place", where.inPlace ? "in-place" : "folder");
        where.folder.ifPresent(folder ->
                order.put("folder", folder.toAbsolutePath().normalize().toString()));
        if (withoutZfsSnapshot) {
            order.put("zfsSnapshot", false);
        }
        return order.put("delete", delete).put("dryRun", dryRun);
    }
}
