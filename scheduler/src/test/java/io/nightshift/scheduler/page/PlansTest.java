package io.nightshift.scheduler.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.event.RestoreRequest.Place;
import io.nightshift.contract.event.RestoreResult;
import io.nightshift.contract.event.RestoreResult.Verification;
import io.nightshift.contract.event.StoredSnapshot;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.ask.Looking;
import io.nightshift.scheduler.ask.Outbox;
import io.nightshift.scheduler.ask.RestoreOrder;
import io.nightshift.scheduler.ask.Restoring;
import io.nightshift.scheduler.state.RestoreState;
import io.nightshift.scheduler.state.Restores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {
    private static final Instant NOW = Instant.parse("2026-04-17T09:30:12Z");

    private final List<RestoreRequest> said = new ArrayList<>();
    private boolean busIsAway;
    private Plans plans;

    @BeforeEach
    void wire(@TempDir Path folder) throws Exception {
        var fleet = Fleets.of(folder, Fleets.destination("local", ""), """
                    daedalus:
                      datasets: [rpool/persist]
                      services:
                        app: { paths: [/persist/app] }
                """);
        var outbox = new Outbox() {
            @Override
            public void request(String subject, BackupRequest request) {
                throw new IllegalStateException(subject);
            }

            @Override
            public void restore(Target target, RestoreRequest request) {
                said.add(request);
                if (busIsAway) {
                    throw new IllegalStateException("NATS is away");
                }
            }

            @Override
            public void cancel(Target target, String restore) {
                throw new IllegalStateException(restore);
            }
        };
        var stored = new StoredSnapshot(
                "0123456789abcdef", NOW, List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
        var looking = new Looking(fleet, (target, query) -> new QueryAnswer.Snapshots(1, List.of(stored), false));
        plans = new Plans(new Restoring(fleet, outbox, looking, new Restores(), () -> NOW));
    }

    @Test
    void a_plan_that_NATS_did_not_take_can_be_carried_out_again_as_the_same_restore() {
        var plan = ended(plans.make(order()));
        busIsAway = true;
        assertThatThrownBy(() -> plans.carryOut(plan)).hasMessage("NATS is away");
        busIsAway = false;

        plans.carryOut(plan);

        assertThat(said).hasSize(3);
        assertThat(said.get(1)).isEqualTo(said.get(2));
        assertThatThrownBy(() -> plans.carryOut(plan)).hasMessageContaining("was carried out already");
    }

    private static RestoreOrder order() {
        return new RestoreOrder(
                "daedalus",
                List.of("app"),
                Optional.of("local"),
                Optional.of("latest"),
                Optional.empty(),
                List.of(),
                Optional.of(Place.IN_PLACE),
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static RestoreState ended(RestoreState asked) {
        var result = new RestoreResult(
                "0123456789abcdef",
                NOW,
                Optional.empty(),
                true,
                List.of("/persist/app"),
                1,
                1,
                1,
                0,
                0,
                1,
                Verification.NONE,
                List.of(),
                List.of(),
                0.1);
        return new RestoreState(
                asked.id(),
                asked.target(),
                "succeeded",
                NOW,
                NOW,
                1,
                Optional.of("worker-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(result),
                Optional.empty(),
                List.of());
    }
}
