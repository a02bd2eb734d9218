package io.nightshift.snapshot.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.fleet.Coverage;
import io.nightshift.contract.fleet.Host;
import io.nightshift.snapshot.coverage.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where data can be, on real OpenZFS: run by {@link ZfsVmIT}. */
class CoverageInVm extends DatasetsInVm {

    @Test
    void datasets_are_seen_as_in_the_instant_and_others_as_they_are() throws Exception {
        String outside = other + "_outside";
        zfs("create", "-V", "8M", top + "/volume");
        zfs("create", "-o", "mountpoint=" + media + "_outside", outside);
        var noise = new byte[2 << 20];
        new Random(number).nextBytes(noise);
        Files.write(Path.of(media + "_outside", "big"), noise);
        programs.run(List.of("zpool", "sync", "rpool"));
        SnapshotSource source = take(FRIDAY);
        zfs("create", top + "/later");

        Map<String, Place> places = new ZfsInventory(host(outside), programs)
                .places(source).stream().collect(Collectors.toMap(Place::name, Function.identity()));

        assertThat(places)
                .containsOnlyKeys(
                        top,
                        top + "/containers",
                        top + "/group",
                        top + "/group/grosste",
                        top + "/none",
                        top + "/legacy",
                        top + "/volume",
                        other,
                        outside);
        assertThat(places.get(top).readable()).contains(inView(source, data));
        assertThat(places.values().stream().filter(Place::root).map(Place::name))
                .containsOnly(top, other, outside);
        assertThat(places.get(top + "/legacy"))
                .returns(Optional.of(data.resolve("alt")), Place::mountpoint)
                .returns(Optional.of(inView(source, data.resolve("alt"))), Place::readable);
        assertThat(List.of(places.get(top + "/none"), places.get(top + "/volume")))
                .allSatisfy(place -> assertThat(place.hasData()).isFalse())
                .allSatisfy(place -> assertThat(place.readable()).isEmpty());
        assertThat(places.get(outside))
                .returns(true, Place::hasData)
                .returns(Optional.empty(), Place::readable)
                .returns(Optional.of(Path.of(media + "_outside")), Place::mountpoint);
    }

    @Test
    void a_dataset_that_the_snapshots_cannot_show_is_a_gap() throws Exception {
        zfs("create", "-o", "mountpoint=" + data + "/fremd", other + "_foreign");
        zfs("create", "-o", "mountpoint=" + media + "_beside", other + "_beside");
        zfs("unmount", top + "/containers");
        zfs("create", "-o", "canmount=noauto", top + "/meant");

        assertThat(take(FRIDAY).gaps()).containsExactly(data + "/containers", data + "/fremd");
    }

    @Test
    void a_pool_says_how_full_it_is() throws Exception {
        assertThat(new ZfsPools(List.of(top, other), programs).percentUsed())
                .containsOnlyKeys("rpool")
                .allSatisfy((pool, used) -> assertThat(used).isBetween(0, 50));
    }

    private Host host(String outside) {
        var coverage = new Coverage(List.of(outside), new TreeMap<>());
        return new Host("daedalus", true, true, Kind.ZFS, Access.VIEW, List.of(top, other), coverage, new TreeMap<>());
    }
}
