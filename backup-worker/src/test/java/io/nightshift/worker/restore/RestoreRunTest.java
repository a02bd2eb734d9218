package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.RestoreStatus.Step;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.worker.FreeLeases;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.Runs;
import io.nightshift.worker.WorkerName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restore in place with NATS going away in the middle. */
class RestoreRunTest {
    private final RestoreFixture host = RestoreFixture.create();
    private final Target target = new Target(RestoreFixture.HOST, "app", "local");
    private final FakeArchive archive = new FakeArchive();
    private final List<String> ran = new ArrayList<>();
    private final Runs runs = new Runs();
    private Optional<Step> awayFrom = Optional.empty();
    private boolean away;

    @BeforeEach
    void fill() throws Exception {
        Files.createDirectories(host.data("app"));
        archive.entries.add(new Archive.Entry(host.data("app").toString(), Archive.Kind.FOLDER, 0, Instant.EPOCH));
    }

    @Test
    void nats_that_goes_away_at_the_end_leaves_no_service_stopped() throws Exception {
        awayFrom = Optional.of(Step.STARTING);

        assertThat(run().did()).anyMatch(line -> line.startsWith("started: "));

        assertThat(ran).containsExactly("stop", "start");
    }

    @Test
    void nats_that_goes_away_in_the_middle_leaves_no_service_stopped() {
        for (var step : List.of(Step.STOPPING, Step.RESTORING, Step.VERIFYING)) {
            ran.clear();
            away = false;
            awayFrom = Optional.of(step);
            assertThatThrownBy(this::run).hasMessage("NATS is away");
            assertThat(ran).as(step.toString()).last().isEqualTo("start");
        }
    }

    @Test
    void what_fails_with_nats_away_leaves_no_service_stopped() {
        archive.onRestore = () -> {
            away = true;
            throw new JobFailedException(Cause.DESTINATION_UNREACHABLE, "so is the NAS", "");
        };

        assertThatThrownBy(this::run).hasMessage("so is the NAS");

        assertThat(ran).containsExactly("stop", "start");
    }

    @Test
    void a_service_that_was_not_touched_is_not_started() {
        awayFrom = Optional.of(Step.CHECKING);
        assertThatThrownBy(this::run).hasMessage("NATS is away");
        assertThat(ran).isEmpty();
    }

    private io.nightshift.contract.event.RestoreResult run() throws InterruptedException {
        var fleet = FleetFile.read(host.folder.resolve("fleet.yaml"), Map.of());
        var folders = new Folders(new io.smallrye.config.SmallRyeConfigBuilder()
                .withMapping(RestoreConfig.class)
                .build()
                .getConfigMapping(RestoreConfig.class));
        ServiceCommands commands =
                (list, environment) -> ran.add(list.get(0).argv().get(2).split(" ")[1]);
        var work = new RestoreRun(
                fleet,
                () -> Instant.EPOCH,
                new FakeLedger(),
                new ToldReports(),
                new FreeLeases(),
                destination -> {},
                (backup, destination) -> archive,
                commands,
                new Planner(folders, fleet),
                new WayBack(fleet, (restore, dryRun) -> {
                    throw new IllegalStateException("the host has no ZFS");
                }),
                runs,
                new WorkerName("w-1"));
        var request = Wire.read("{\"place\":\"in-place\"}".getBytes(StandardCharsets.UTF_8), RestoreRequest.class);
        return work.run(new Restore("r", target, request), 1, runs.begin(), new Journal());
    }

    private void requireNats() {
        if (away) {
            throw new IllegalStateException("NATS is away");
        }
    }

    private final class FakeLedger implements RestoreLedger {
        private boolean begun;

        @Override
        public Optional<RestoreStatus> end(Restore restore) {
            requireNats();
            return Optional.empty();
        }

        @Override
        public void keepEnd(Restore restore, RestoreStatus end) {
            requireNats();
        }

        @Override
        public boolean begun(Restore restore) {
            requireNats();
            return begun;
        }

        @Override
        public void keepBegun(Restore restore) {
            requireNats();
            begun = true;
        }

        @Override
        public boolean cancelled(String key) {
            requireNats();
            return false;
        }

        @Override
        public void keepCancelled(String key) {
            requireNats();
        }
    }

    private final class ToldReports implements RestoreReports {
        @Override
        public void status(RestoreStatus status) {
            away = away || awayFrom.equals(Optional.of(((RestoreStatus.Running) status).step()));
            requireNats();
        }

        @Override
        public void progress(RestoreProgress progress) {}
    }
}
