package io.nightshift.it.fault;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings of the services on the stage: as a user could set them, so short that what takes a night takes seconds. */
final class Settings {
    private static final Map<String, List<String>> CHANNELS = Map.of(
            "scheduler", List.of("night-start", "snapshots", "statuses", "requests"),
            "snapshot-service", List.of("snapshot-night", "snapshot-release"),
            "backup-worker", List.of("jobs"),
            "notifier", List.of("notifier-statuses", "notifier-events"));

    private Settings() {}

    static Map<String, String> of(String module, Path folder, String natsUrl, String phoneUrl, Path restic) {
        var settings = new HashMap<String, String>();
        settings.put("nats.servers", natsUrl);
        settings.put("nats.reconnect-wait", "PT0.2S");
        settings.put("nats.reconnect-jitter", "PT0.1S");
        settings.put("nats.connect-timeout", "PT2S");
        settings.put("nats.ping-interval", "PT1S");
        settings.put("nats.key-value.backup_leases.ttl", "PT10S");
        for (var channel : CHANNELS.get(module)) {
            settings.put("mp.messaging.incoming." + channel + ".ack-wait", "PT12S");
            settings.put("mp.messaging.incoming." + channel + ".heartbeat", "PT2S");
            settings.put("mp.messaging.incoming." + channel + ".backoff", "PT1S");
        }
        settings.putAll(
                switch (module) {
                    case "scheduler" -> scheduler(folder);
                    case "snapshot-service" -> snapshotService(folder);
                    case "backup-worker" -> worker(folder, restic);
                    default -> notifier(phoneUrl);
                });
        return settings;
    }

    private static Map<String, String> scheduler(Path folder) {
        return Map.of(
                "nightshift.fleet", folder.resolve("backups.yaml").toString(),
                "nightshift.scheduler.state-dir", folder.resolve("scheduler").toString(),
                "nightshift.scheduler.tick", "PT0.2S",
                "nightshift.scheduler.punctual", "PT5S",
                "nightshift.scheduler.announcement-limit", "PT30S");
    }

    private static Map<String, String> snapshotService(Path folder) {
        return Map.of(
                "nightshift.fleet",
                folder.resolve("backups.yaml").toString(),
                "nightshift.snapshot.host",
                "here",
                "nightshift.snapshot.view-root",
                folder.resolve("views").toString(),
                "nightshift.snapshot.copy-settle-time",
                "PT5S");
    }

    private static Map<String, String> worker(Path folder, Path restic) {
        return Map.ofEntries(
                Map.entry("nightshift.fleet", folder.resolve("backups.yaml").toString()),
                Map.entry("nightshift.worker.host", "here"),
                Map.entry("nightshift.worker.view-root", folder.resolve("views").toString()),
                Map.entry(
                        "nightshift.worker.state-dir", folder.resolve("worker").toString()),
                Map.entry("nightshift.worker.restic", restic.toString()),
                Map.entry("nightshift.worker.backoff", "PT1S,PT2S,PT4S"),
                Map.entry("nightshift.worker.retry-lock", "PT1S"),
                Map.entry("nightshift.worker.least-free-bytes", "4000000"),
                Map.entry("nightshift.worker.stop-grace", "PT2S"),
                Map.entry("nightshift.worker.lease-renewal", "PT1S"),
                Map.entry("nightshift.worker.lease-limit", "PT7S"),
                Map.entry("nightshift.worker.lease-wait", "PT30S"));
    }

    private static Map<String, String> notifier(String phoneUrl) {
        return Map.of(
                "nightshift.notifier.gather", "PT1S",
                "nightshift.notifier.retry-pauses", "PT0.5S,PT1S",
                "nightshift.notifier.pushover.base-url", phoneUrl,
                "nightshift.notifier.pushover.token", "token-of-the-test",
                "nightshift.notifier.pushover.user", "user-of-the-test");
    }
}
