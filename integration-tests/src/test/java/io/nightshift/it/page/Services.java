package io.nightshift.it.page;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.RunResult;
import java.util.List;
import java.util.Optional;

/**
 * A service of the {@link Household}, with how its nights go.
 *
 * @param mib what it holds at the newest night
 */
record Services(String host, String name, long mib) {
    static final List<Services> ALL = List.of(
            new Services("daedalus", "immich", 412_000),
            new Services("daedalus", "jellyfin", 3_100),
            new Services("daedalus", "lidarr", 640),
            new Services("daedalus", "paperless", 21_300),
            new Services("daedalus", "prowlarr", 96),
            new Services("daedalus", "vaultwarden", 14),
            new Services("icarus", "gitea", 8_700),
            new Services("icarus", "grafana", 210),
            new Services("icarus", "mail", 36_500),
            new Services("icarus", "postgres", 17_500),
            new Services("minos", "notes", 52));

    boolean isUnheard(String destination) {
        return name.equals("grafana") && destination.equals("usb");
    }

    /** @param night counts up */
    RunResult.Backup result(int night, Target target) {
        double wave = 1 + 0.02 * Math.sin(night * 1.7 + target.hashCode() % 7);
        long bytes = (long) (mib * 1_048_576 * (0.86 + 0.0035 * night));
        long added = (long) (bytes * 0.004 * wave);
        double seconds = (4 + mib / 900.0) * wave * (target.destination().equals("cloud") ? 2.6 : 1);
        var snapshot = "%016x"
                .formatted((target.hashCode() * 31L + night) * 0x9E3779B97F4A7C15L)
                .repeat(4);
        return new RunResult.Backup(
                snapshot,
                night % 9,
                3,
                mib * 3,
                1,
                2,
                mib / 4,
                40,
                9,
                added,
                added * 2 / 3,
                mib * 3 + 12,
                bytes,
                seconds,
                Optional.empty(),
                Optional.empty());
    }

    /** @param back nights before the newest */
    Optional<Failure> wrong(String destination, int back) {
        return Optional.ofNullable(
                switch (name + "/" + destination) {
                    case "immich/cloud" -> back < 2 ? denied() : null;
                    case "mail/usb" -> back < 4 ? unmounted() : null;
                    case "jellyfin/nas" -> back < 1 ? unreadable() : null;
                    case "paperless/nas" -> back < 1 ? shrank() : null;
                    case "lidarr/cloud" -> back == 5 ? denied() : null;
                    case "gitea/usb" -> back > 6 && back < 9 ? unmounted() : null;
                    case "notes/nas" -> back == 3 ? superseded() : null;
                    default -> null;
                });
    }

    private static Failure denied() {
        return Failure.of(
                        Cause.ACCESS_DENIED,
                        "restic backup to s3:https://s3.example.org/backup/daedalus/immich: Access Denied",
                        "renew the key in /run/secrets/cloud.env, then back up again")
                .withExitCode(1);
    }

    private static Failure unmounted() {
        return Failure.of(
                Cause.DESTINATION_MISSING,
                "/mnt/usb is not mounted",
                "plug the disk in and mount it; the backup is tried again by itself");
    }

    private static Failure unreadable() {
        return Failure.of(
                        Cause.FILES_UNREADABLE,
                        "3 files could not be read",
                        "look at the disk (zpool status), or leave the files out with exclude")
                .withExitCode(3)
                .withPaths(
                        List.of(
                                "/persist/jellyfin/metadata/library/7f/poster.jpg",
                                "/persist/jellyfin/metadata/library/a1/backdrop.jpg",
                                "/persist/jellyfin/transcodes/segment-00017.ts"),
                        3);
    }

    private static Failure shrank() {
        return Failure.of(
                Cause.SHRANK,
                "412 files instead of 63,900 of the last good backup, tolerance 10 %",
                "look whether the data are all there; if they should be fewer, back up again");
    }

    private static Failure superseded() {
        return Failure.of(Cause.SUPERSEDED, "not begun before the next night", "see whether the worker of minos runs");
    }
}
