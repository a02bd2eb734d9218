package io.nightshift.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.it.fault.ResticWrapper.Order;
import java.util.List;

/** One of three servers of the bus dies, and stays away until the night is over. */
final class ClusterFaults {
    static final List<Fault> FAULTS =
            List.of(killed("while restic works", Order.DURING), killed("after restic has ended", Order.AFTER));

    private ClusterFaults() {}

    private static Fault killed(String words, Order step) {
        return new Fault("one of three nats-servers killed", words, stage -> {
                    stage.restic().next(step);
                    var night = stage.begin();
                    stage.restic().awaitHeld();
                    stage.bus().kill();
                    stage.restic().letGo();
                    stage.awaitEnds(night);
                    boolean ended = stage.hasEnded(night);
                    stage.bus().restart();
                    assertThat(ended).as("the night goes on without it").isTrue();
                })
                .to(Site.Kind.CLUSTER);
    }
}
