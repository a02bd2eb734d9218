package io.nightshift.snapshot.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.snapshot.Kept;
import io.nightshift.snapshot.SafeguardName;
import io.nightshift.snapshot.SnapshotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With real OpenZFS: run by {@link ZfsVmIT}, for most machines have none. */
class ZfsInVm extends DatasetsInVm {
    @Test
    void all_datasets_are_taken_at_one_instant_and_read_in_their_places() throws Exception {
        Instant slot = Instant.now().minusSeconds(2);
        SnapshotSource source = snapshots.take(new Night(FRIDAY, slot, Optional.empty()));
        write("after");

        assertReads(source, "before");
        Map<String, DatasetSnapshot> taken =
                source.datasets().stream().collect(Collectors.toMap(DatasetSnapshot::dataset, Function.identity()));
        assertThat(taken)
                .containsOnlyKeys(
                        top,
                        top + "/containers",
                        top + "/group",
                        top + "/group/grosste",
                        top + "/none",
                        top + "/legacy",
                        other);
        assertThat(transactions(source)).hasSize(1);
        assertThat(source.datasets())
                .extracting(DatasetSnapshot::createdAt)
                .allMatch(created -> !created.isBefore(source.createdAt()));
        assertThat(source.datasets()).extracting(DatasetSnapshot::guid).doesNotHaveDuplicates();
        assertThat(source.datasets())
                .allSatisfy(one -> assertThat(one.fileSystemId().isPresent())
                        .isEqualTo(one.path().isPresent()));
        assertThat(taken.get(top + "/legacy").mountpoint())
                .contains(data.resolve("alt").toString());
        assertThat(taken.get(top + "/none").path()).isEmpty();
        assertThat(taken.get(top + "/group").path()).isEmpty();
        assertThat(source.createdAt()).isAfterOrEqualTo(slot);
        assertThat(snapshots.stands(source)).isTrue();
        assertThat(snapshots.kept()).containsExactly(new Kept(NAME, Optional.of(FRIDAY), source.createdAt(), true));
        assertThat(Mounts.read().all())
                .filteredOn(mount -> mount.source().equals(top + "@" + NAME))
                .hasSize(1);
    }

    /** In which ZFS took them: one instant for all that have the same, whatever the clock said to each. */
    private Set<String> transactions(SnapshotSource source) throws InterruptedException {
        var names = source.datasets().stream().map(DatasetSnapshot::snapshot);
        var command = Stream.concat(Stream.of("get", "-Hp", "-o", "value", "createtxg"), names);
        return Set.copyOf(zfs(command.toArray(String[]::new)));
    }

    @Test
    void a_second_night_takes_the_same_name_and_another_guid() throws Exception {
        SnapshotSource first = take(FRIDAY);
        Kept kept = only(snapshots.kept());
        snapshots.release(kept);
        snapshots.remove(only(snapshots.kept()));
        assertThat(snapshots.kept()).isEmpty();
        assertThat(views.of(FRIDAY)).doesNotExist();
        write("second");

        SnapshotSource second = take(SATURDAY);

        assertReads(second, "second");
        assertThat(second.datasets().get(0).snapshot())
                .isEqualTo(first.datasets().get(0).snapshot());
        assertThat(second.datasets().get(0).guid())
                .isNotEqualTo(first.datasets().get(0).guid());
        assertThat(snapshots.stands(first)).isFalse();
    }

    @Test
    void where_the_prior_one_stays_the_new_one_has_the_night_behind_its_name() throws Exception {
        SnapshotSource first = take(FRIDAY);
        write("second");
        SnapshotSource second = take(SATURDAY);

        assertThat(second.datasets().get(0).snapshot()).endsWith("@" + NAME + "_2026-04-18");
        assertReads(first, "before");
        assertReads(second, "second");

        Kept prior = snapshots.kept().get(0);
        assertThat(prior.isOf(FRIDAY)).isTrue();
        snapshots.release(prior);
        snapshots.remove(prior);
        assertThat(only(snapshots.kept()).isOf(SATURDAY)).isTrue();
        assertReads(second, "second");
    }

    @Test
    void what_is_read_is_not_taken_apart() throws Exception {
        SnapshotSource source = take(FRIDAY);
        var ready = new SnapshotEvent.Ready("daedalus", FRIDAY, Instant.now(), source);
        views.complete(ready);
        Kept kept = only(snapshots.kept());
        snapshots.release(kept);

        try (var open = Files.newDirectoryStream(inView(source, data))) {
            assertThatThrownBy(() -> snapshots.remove(kept))
                    .isInstanceOf(SnapshotException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            assertThat(open).isNotNull();
            assertReads(source, "before");
            assertThat(views.marker(FRIDAY)).contains(ready);
            assertThat(snapshots.stands(source)).isTrue();
        }
        snapshots.remove(kept);
        assertThat(snapshots.kept()).isEmpty();
    }

    @Test
    void other_snapshots_and_the_holds_of_others_are_not_touched() throws Exception {
        zfs("snapshot", "-r", top + "@autosnap");
        zfs("snapshot", top + "@" + NAME + "_keep");
        zfs("hold", "mine", top + "@autosnap");
        SnapshotSource source = take(FRIDAY);
        zfs("hold", "mine", top + "/containers@" + NAME);
        Kept kept = only(snapshots.kept());

        snapshots.release(kept);

        assertThatThrownBy(() -> snapshots.remove(kept))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("being held");
        assertThat(source.datasets()).hasSize(7);
        assertThat(names(top + "/containers")).containsExactlyInAnyOrder("autosnap", NAME);
        assertThat(zfs("holds", "-Hp", top + "/containers@" + NAME))
                .singleElement()
                .asString()
                .contains("\tmine\t");
        zfs("release", "mine", top + "/containers@" + NAME);
        snapshots.remove(kept);
        assertThat(names(top)).containsExactlyInAnyOrder("autosnap", NAME + "_keep");
        assertThat(names(top + "/containers")).containsExactly("autosnap");
        assertThat(zfs("holds", "-Hp", top + "@autosnap")).hasSize(1);
    }

    @Test
    void before_a_restore_the_datasets_of_the_service_alone_are_kept_for_a_time() throws Exception {
        var clock = new AtomicReference<>(Instant.now());
        var safeguards = new ZfsSafeguards(List.of(top, other), programs, clock::get, Duration.ofDays(14));
        var name = SafeguardName.of(new Target("daedalus", "app", "local"), "mine");
        var paths = List.of(data.resolve("containers/file"), data.resolve("group"));
        zfs("snapshot", top + "@autosnap");

        assertThat(safeguards.take(name, paths, true).zfsSnapshots()).hasSize(3);
        assertThat(names(top + "/containers")).isEmpty();
        var taken = safeguards.take(name, paths, false);
        write("restored");
        assertThat(safeguards.take(name, paths, false).zfsSnapshots()).isEqualTo(taken.zfsSnapshots());

        assertThat(taken.zfsSnapshots())
                .containsExactly(
                        top + "@" + name.value(),
                        top + "/containers@" + name.value(),
                        top + "/group/grosste@" + name.value());
        assertThat(data.resolve("containers/.zfs/snapshot")
                        .resolve(name.value())
                        .resolve("file"))
                .hasContent("before");
        assertThat(names(other)).isEmpty();
        assertThat(snapshots.kept()).as("no leftover of a night").isEmpty();

        safeguards.tidy();
        assertThat(names(top)).contains(name.value());
        zfs("hold", "mine", top + "/containers@" + name.value());
        clock.set(Instant.now().plus(Duration.ofDays(14)).plusSeconds(1));
        safeguards.tidy();
        assertThat(names(top)).containsExactly("autosnap");
        assertThat(names(top + "/group/grosste")).isEmpty();
        assertThat(names(top + "/containers")).as("what somebody holds stays").containsExactly(name.value());
        zfs("release", "mine", top + "/containers@" + name.value());
        safeguards.tidy();
        assertThat(names(top + "/containers")).isEmpty();
    }

    @Test
    void a_path_that_is_on_no_dataset_of_the_host_is_named() {
        var safeguards = new ZfsSafeguards(List.of(top), programs, InstantSource.system(), Duration.ofDays(14));
        var name = SafeguardName.of(new Target("daedalus", "app", "local"), "mine");

        assertThatThrownBy(() -> safeguards.take(name, List.of(media), false))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining(media + " is on zfs " + other);
        assertThatThrownBy(() -> safeguards.take(name, List.of(Path.of("/proc/1")), false))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("/proc/1 is on proc");
    }

    @Test
    void no_way_back_is_given_where_a_restore_would_go_below_a_dataset_that_is_not_mounted() throws Exception {
        var key = Files.writeString(Files.createTempFile("key", ""), "a passphrase");
        var vault = top + "/containers/vault";
        var place = data.resolve("containers/vault");
        zfs("create", "-o", "encryption=on", "-o", "keyformat=passphrase", "-o", "keylocation=file://" + key, vault);
        var safeguards = new ZfsSafeguards(List.of(top, other), programs, InstantSource.system(), Duration.ofDays(14));
        var name = SafeguardName.of(new Target("daedalus", "app", "local"), "mine");
        assertThat(safeguards.take(name, List.of(place.resolve("app")), true).zfsSnapshots())
                .containsExactly(vault + "@" + name.value());
        zfs("unmount", vault);
        zfs("unload-key", vault);

        for (var path : List.of(place.resolve("app"), place, data.resolve("containers"))) {
            assertThatThrownBy(() -> safeguards.take(name, List.of(path), false))
                    .isInstanceOfSatisfying(SnapshotException.class, e -> {
                        assertThat(e.reason()).contains(vault, place.toString(), "is not mounted");
                        assertThat(e.advice()).contains("zfs mount " + vault);
                    });
        }
        assertThat(names(top + "/containers")).isEmpty();
        assertThat(safeguards
                        .take(name, List.of(data.resolve("containers/file"), media), true)
                        .zfsSnapshots())
                .hasSize(2);
        zfs("set", "canmount=noauto", vault);
        assertThat(safeguards
                        .take(name, List.of(data.resolve("containers")), true)
                        .zfsSnapshots())
                .hasSize(1);
    }

    @Test
    void a_missing_dataset_is_named_with_what_to_do() {
        ZfsSnapshots wrong = snapshots(Access.VIEW, "rpool/missing");

        assertThatThrownBy(wrong::check).isInstanceOfSatisfying(SnapshotException.class, e -> {
            assertThat(e.reason()).contains("rpool/missing", "dataset does not exist");
            assertThat(e.advice()).contains("fleet file");
        });
    }

    @Test
    void after_a_reboot_the_view_is_made_anew() throws Exception {
        SnapshotSource source = take(FRIDAY);
        for (var mount : Mounts.read().below(views.of(FRIDAY))) {
            programs.run(List.of("umount", mount.place().toString()));
        }
        programs.run(List.of("rm", "-r", "--one-file-system", views.of(FRIDAY).toString()));
        write("after");
        assertThat(snapshots.stands(source)).isFalse();

        snapshots.restore(source);

        assertThat(snapshots.stands(source)).isTrue();
        assertReads(source, "before");
    }

    @Test
    void what_cannot_be_mounted_is_undone() throws Exception {
        Files.createDirectories(views.root());
        Files.writeString(views.of(FRIDAY), "in the way");

        assertThatThrownBy(() -> take(FRIDAY)).isInstanceOf(SnapshotException.class);
        assertThat(names(top)).isEmpty();
        assertThat(names(other)).isEmpty();
    }

    @Test
    void where_nothing_may_be_mounted_it_is_read_through_the_dataset() throws Exception {
        ZfsSnapshots direct = snapshots(Access.DOT_ZFS, top, other);
        SnapshotSource source = direct.take(new Night(FRIDAY, Instant.now().minusSeconds(2), Optional.empty()));
        write("after");

        assertThat(source.view()).isEmpty();
        assertThat(inView(source, data)).isEqualTo(data.resolve(".zfs/snapshot").resolve(NAME));
        assertReads(source, "before");
        assertThat(source.datasets())
                .filteredOn(one -> one.path().isPresent())
                .allSatisfy(one -> assertThat(one.fileSystemId())
                        .contains(programs.run(List.of(
                                        "stat", "-f", "-c", "%i", one.path().orElseThrow() + "/."))
                                .get(0)));
        assertThat(source.datasets())
                .filteredOn(one -> one.path().isEmpty())
                .allSatisfy(one -> assertThat(one.fileSystemId()).isEmpty());
        assertThat(source.datasets())
                .extracting(DatasetSnapshot::fileSystemId)
                .filteredOn(Optional::isPresent)
                .hasSize(5)
                .doesNotHaveDuplicates();
        Kept kept = only(direct.kept());
        direct.release(kept);
        try (var open = Files.newDirectoryStream(inView(source, data))) {
            assertThatThrownBy(() -> direct.remove(kept)).isInstanceOf(SnapshotException.class);
            assertThat(open).isNotNull();
        }
        direct.remove(kept);
        assertThat(direct.kept()).isEmpty();
    }
}
