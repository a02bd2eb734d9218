package io.nightshift.snapshot.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.fleet.Coverage;
import io.nightshift.contract.fleet.Host;
import io.nightshift.snapshot.SnapshotException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Instant NOW = Instant.parse("2026-04-16T16:00:05Z");

    private List<String> datasets = List.of();
    private Optional<SnapshotException> failure = Optional.empty();
    private Map<String, Integer> percent = Map.of();
    private final Ledger ledger = new Ledger();

    @Test
    void each_thing_is_told_of_once_and_once_when_it_has_ended() throws Exception {
        datasets = List.of("rpool/a", "rpool/b");
        look();
        look();
        assertThat(ledger.said()).containsExactly("daedalus/rpool/a", "daedalus/rpool/b");

        datasets = List.of("rpool/b", "rpool/c");
        look();
        assertThat(ledger.said()).containsExactly("daedalus/rpool/c", "daedalus/rpool/a over");
        look();
        assertThat(ledger.said()).isEmpty();
    }

    @Test
    void many_at_once_make_one_alert_that_ends_with_the_last_of_them() throws Exception {
        datasets = IntStream.range(0, 30)
                .mapToObj(i -> "rpool/" + (char) ('A' + i))
                .toList();
        look();
        assertThat(ledger.alerts)
                .singleElement()
                .satisfies(alert -> assertThat(alert.about()).isEqualTo("daedalus/2026-04-17"))
                .satisfies(alert -> assertThat(alert.message()).contains("30 folders or datasets: rpool/A, ", "…"));
        ledger.said();

        datasets = List.of("rpool/A", "rpool/B", "rpool/new");
        look();
        assertThat(ledger.said()).containsExactly("daedalus/2026-04-17", "daedalus/rpool/new");
        datasets = List.of("rpool/B", "rpool/new");
        look();
        assertThat(ledger.alerts).extracting(Alert::message).containsExactly("no service backs up rpool/B");
        ledger.said();
        datasets = List.of();
        look();
        assertThat(ledger.said()).containsExactly("daedalus/2026-04-17 over", "daedalus/rpool/new over");
    }

    @Test
    void what_could_not_be_found_out_is_told_and_ends_nothing() throws Exception {
        datasets = List.of("rpool/a");
        look();
        ledger.said();
        failure = Optional.of(new SnapshotException("dataset does not exist", "correct it"));
        look();
        look();
        assertThat(ledger.said()).containsExactly("daedalus/coverage");

        failure = Optional.empty();
        look();
        assertThat(ledger.said()).containsExactly("daedalus/coverage over");
    }

    @Test
    void a_crash_before_it_was_kept_repeats_the_alert() throws Exception {
        datasets = List.of("rpool/a");
        ledger.away = true;
        assertThatThrownBy(this::look).hasMessage("NATS is away");
        ledger.away = false;
        look();

        assertThat(ledger.said()).containsExactly("daedalus/rpool/a", "daedalus/rpool/a");
    }

    @Test
    void a_disk_is_full_at_the_limit_and_well_again_some_way_below_it() throws Exception {
        List<List<String>> said = new ArrayList<>();
        for (int used : List.of(89, 90, 91, 89, 86, 90, 85, 89, 90)) {
            percent = Map.of("rpool", used, "/var/copies", 10);
            watch().disks();
            said.add(ledger.said());
        }

        assertThat(said)
                .containsExactly(
                        List.of(),
                        List.of("daedalus/rpool"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("daedalus/rpool over"),
                        List.of(),
                        List.of("daedalus/rpool"));
    }

    private void look() throws InterruptedException {
        NightId night = new NightId("2026-04-17");
        var source = new SnapshotSource(night, NOW, NOW, Kind.ZFS, Access.DOT_ZFS, Optional.empty(), List.of());
        watch().coverage(new SnapshotEvent.Ready("daedalus", night, NOW, source));
    }

    /** A new one each time, as after a restart: only the ledger remembers. */
    private Watch watch() {
        var host = new Host(
                "daedalus",
                true,
                true,
                Kind.ZFS,
                Access.VIEW,
                List.of(),
                new Coverage(List.of(), new TreeMap<>()),
                new TreeMap<>());
        return new Watch(host, source -> places(), () -> percent, ledger, () -> NOW, 90);
    }

    private List<Place> places() {
        failure.ifPresent(e -> {
            throw e;
        });
        return datasets.stream()
                .map(name -> new Place(name, Optional.empty(), Optional.empty(), false, true))
                .toList();
    }

    /** Keeps what it is given as JSON, as the bucket does. */
    private static final class Ledger implements AlertLedger {
        final List<Alert> alerts = new ArrayList<>();
        boolean away;
        private byte[] kept = Wire.write(Raised.nothing());

        /** What was said since the last time. */
        List<String> said() {
            List<String> said = alerts.stream()
                    .map(alert -> alert.about() + (alert.over() ? " over" : ""))
                    .toList();
            alerts.clear();
            return said;
        }

        @Override
        public Raised raised() {
            return Wire.read(kept, Raised.class);
        }

        @Override
        public void keep(Raised raised) {
            if (away) {
                throw new IllegalStateException("NATS is away");
            }
            kept = Wire.write(raised);
        }

        @Override
        public void publish(Alert alert) {
            alerts.add(alert);
        }
    }
}
