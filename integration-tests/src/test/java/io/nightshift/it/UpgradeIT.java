package io.nightshift.it;

import static io.nightshift.it.SeparateServicesIT.awaitSuccess;
import static io.nightshift.it.SeparateServicesIT.backUp;
import static io.nightshift.it.SeparateServicesIT.publish;
import static io.nightshift.it.SeparateServicesIT.restore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nats.client.Connection;
import io.nightshift.contract.Subjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An older version and this one on one bus, as while an installation is being upgraded or goes back: streams and consumers are brought to
 * what each scheduler wants, and each understands what the other says.
 */
class UpgradeIT {
    private static final int NOT_IN_THE_HISTORY = 125;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);

    @TempDir
    Path work;

    private Path old;
    private SeparateServices services;

    @BeforeEach
    void theOldVersion() throws Exception {
        Programs.require("restic", "nats-server", "openssl", "git", "mvn");
        var script = Programs.PROJECT
                .resolve("integration-tests/upgrade/old-version")
                .toString();
        var ended = Programs.run(work.resolve("old-version.log"), Map.of(), BUILD_LIMIT, List.of(script));
        assumeTrue(ended.code() != NOT_IN_THE_HISTORY, ended.output());
        assertThat(ended.code()).as(ended.output()).isZero();
        old = Path.of(ended.output().lines().reduce((first, last) -> last).orElseThrow());
    }

    @Test
    void old_and_new_services_work_together_whichever_is_upgraded_first() throws Exception {
        Files.writeString(Files.createDirectories(work.resolve("data")).resolve("note"), "worth keeping");
        var fleet = OneDisk.fleet(work, "right", "notes: { paths: [\"WORK/data\"] }");
        try (var started = new SeparateServices(work, fleet)) {
            services = started;
            run(SeparateServices.ALL, old);
            try (var nats = services.operator()) {
                night(nats, 1);

                // What is asked for meanwhile waits for the worker.
                services.stop("backup-worker");
                var ends = nats.subscribe("backup.status.>");
                publish(nats, "backup.request.here.notes.disk", "{\"snapshot\":\"fresh\"}");
                upgrade("scheduler", Programs.PROJECT);
                run(List.of("backup-worker"), old);
                awaitSuccess(ends);
                ends.unsubscribe();
                night(nats, 3);
                restore(nats);

                upgrade("scheduler", old);
                for (var service : List.of("backup-worker", "snapshot-service", "notifier")) {
                    upgrade(service, Programs.PROJECT);
                }
                night(nats, 4);
                restore(nats);

                upgrade("scheduler", Programs.PROJECT);
                night(nats, 5);
                restore(nats);
                assertThat(nats.getStreamContext(Subjects.STATUS_STREAM)
                                .getStreamInfo()
                                .getStreamState()
                                .getFirstSequence())
                        .as("nothing that was kept is lost")
                        .isEqualTo(1);
            }
        }
    }

    private void upgrade(String service, Path home) throws Exception {
        services.stop(service);
        run(List.of(service), home);
    }

    private void run(List<String> names, Path home) throws Exception {
        for (var name : names) {
            services.start(name, home);
        }
        services.awaitReady();
    }

    private static void night(Connection nats, int snapshots) throws Exception {
        backUp(nats, "backup.night.start", "", snapshots);
    }
}
