package io.nightshift.snapshot.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.snapshot.FakeAnnouncements;
import io.nightshift.snapshot.Kept;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SnapshotConfig;
import io.nightshift.snapshot.SnapshotKeeper;
import io.nightshift.snapshot.Snapshots;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole nights that meet what can go wrong with ZFS, and what is announced then: run by {@link ZfsVmIT}. */
class FaultsInVm extends DatasetsInVm {
    private final FakeAnnouncements bus = new FakeAnnouncements();
    private SnapshotKeeper keeper = keeper(snapshots);
    private List<String> foreign = List.of();

    /** Few, for every call of a program costs much time in the VM. */
    @BeforeEach
    @Override
    void createDatasets() throws Exception {
        zfs("create", "-o", "mountpoint=" + data, top);
        zfs("create", top + "/containers");
        zfs("create", "-o", "mountpoint=" + media, other);
        write("before");
        zfs("snapshot", "-r", top + "@autosnap");
        zfs("hold", "mine", top + "/containers@autosnap");
        zfs("snapshot", top + "@" + NAME + "_keep");
        foreign = foreignSnapshots();
    }

    @Override
    List<Path> files() {
        return List.of(data.resolve("file"), data.resolve("containers/file"), media.resolve("file"));
    }

    @AfterEach
    void nothing_foreign_was_touched() throws Exception {
        assertThat(foreignSnapshots()).hasSize(3).isEqualTo(foreign);
    }

    private List<String> foreignSnapshots() throws InterruptedException {
        return zfs("list", "-Hp", "-r", "-t", "snapshot", "-o", "name,guid,userrefs,defer_destroy", top).stream()
                .filter(line -> line.contains("@autosnap") || line.contains("_keep"))
                .toList();
    }

    @Test
    void a_full_pool_fails_the_night_and_leaves_the_one_before_to_its_jobs() throws Exception {
        String pool = "small" + number;
        Path place = Path.of("/small" + number);
        Path disk = Files.createTempFile("disk", ".img");
        try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(64 << 20);
        }
        programs.run(List.of(
                "zpool", "create", "-O", "mountpoint=" + place, "-O", "compression=off", pool, disk.toString()));
        Files.writeString(place.resolve("file"), "before");
        keeper = keeper(snapshots(Access.VIEW, pool));
        SnapshotEvent.Ready first = ready(FRIDAY);
        fill(place.resolve("filler"));

        assertFailed(SATURDAY, "cannot create snapshots : out of space", "zfs list -o space");
        assertThat(inView(first.source(), place.resolve("file"))).hasContent("before");

        Files.delete(place.resolve("filler"));
        programs.run(List.of("zpool", "sync", pool));
        programs.run(List.of("zpool", "wait", "-t", "free", pool));
        ready(new NightId("2026-04-19"));
    }

    private static void fill(Path file) throws IOException, InterruptedException {
        var block = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    @Test
    void a_quota_that_leaves_no_room_fails_the_night_and_leaves_nothing() throws Exception {
        zfs("set", "compression=off", other);
        Files.write(media.resolve("much"), new byte[4 << 20]);
        programs.run(List.of("zpool", "sync", "rpool"));
        zfs("set", "refreservation=20M", other);
        zfs("set", "quota=21M", other);

        assertFailed(FRIDAY, "out of space", "refreservation");
        assertThat(names(top)).containsExactlyInAnyOrder("autosnap", NAME + "_keep");
    }

    @Test
    void a_dataset_that_is_missing_fails_the_night_and_leaves_nothing() throws Exception {
        zfs("destroy", "-r", other);

        assertFailed(FRIDAY, other + "': dataset does not exist", "fleet file");
        assertThat(names(top)).containsExactlyInAnyOrder("autosnap", NAME + "_keep");
    }

    @Test
    void the_prior_one_stays_while_it_is_read_and_the_night_goes_on() throws Exception {
        SnapshotEvent.Ready first = ready(FRIDAY);
        keeper.released(FRIDAY);
        write("second");
        try (var open = Files.newDirectoryStream(inView(first.source(), data))) {
            SnapshotEvent.Ready second = ready(SATURDAY);
            assertThat(second.source().datasets().get(0).snapshot()).endsWith("@" + NAME + "_" + SATURDAY);
            assertReads(first.source(), "before");
            assertReads(second.source(), "second");
            assertThat(open).isNotNull();
        }
        keeper.tidy();
        assertThat(only(snapshots.kept()).isOf(SATURDAY)).isTrue();
    }

    @Test
    void the_prior_one_stays_while_somebody_else_holds_it_and_the_night_goes_on() throws Exception {
        ready(FRIDAY);
        keeper.released(FRIDAY);
        zfs("hold", "mine", top + "/containers@" + NAME);
        write("second");

        assertReads(ready(SATURDAY).source(), "second");
        assertThat(names(top)).contains(NAME, NAME + "_" + SATURDAY);
        assertThat(zfs("holds", "-Hp", top + "/containers@" + NAME)).hasSize(1);

        zfs("release", "mine", top + "/containers@" + NAME);
        keeper.tidy();
        assertThat(only(snapshots.kept()).isOf(SATURDAY)).isTrue();
    }

    @Test
    void the_prior_one_stays_while_a_clone_depends_on_it_and_the_night_goes_on() throws Exception {
        ready(FRIDAY);
        keeper.released(FRIDAY);
        String clone = "rpool/clone" + number;
        zfs("clone", top + "/containers@" + NAME, clone);
        write("second");

        assertReads(ready(SATURDAY).source(), "second");
        assertThat(zfs("get", "-Hp", "-o", "value", "origin", clone)).containsExactly(top + "/containers@" + NAME);
        assertThat(names(top)).contains(NAME);

        zfs("destroy", clone);
        keeper.tidy();
        assertThat(only(snapshots.kept()).isOf(SATURDAY)).isTrue();
    }

    @Test
    void one_that_was_destroyed_by_hand_is_not_shown_any_more_and_the_next_night_is_as_ever() throws Exception {
        SnapshotEvent.Ready first = ready(FRIDAY);
        assertThatThrownBy(() -> zfs("destroy", "-r", top + "@" + NAME)).hasMessageContaining("cannot destroy");
        unmountView(FRIDAY);
        assertThatThrownBy(() -> zfs("destroy", "-r", top + "@" + NAME)).hasMessageContaining("it's being held");
        zfs("release", "-r", Zfs.TAG, top + "@" + NAME);
        zfs("destroy", "-r", top + "@" + NAME);

        keeper.tidy();
        assertThat(views.marker(FRIDAY)).isEmpty();
        assertThat(bus.events).hasSize(1);

        write("second");
        SnapshotEvent.Ready second = ready(SATURDAY);
        assertReads(second.source(), "second");
        assertThat(guids(second)).doesNotContainAnyElementsOf(guids(first));
    }

    private static List<String> guids(SnapshotEvent.Ready ready) {
        return ready.source().datasets().stream().map(DatasetSnapshot::guid).toList();
    }

    @Test
    void a_view_that_was_unmounted_by_hand_is_mounted_again() throws Exception {
        SnapshotEvent.Ready ready = ready(FRIDAY);
        unmountView(FRIDAY);

        keeper.tidy();

        assertThat(views.marker(FRIDAY)).contains(ready);
        assertReads(ready.source(), "before");
    }

    private void unmountView(NightId night) throws InterruptedException {
        for (var mount : Mounts.read().below(views.of(night))) {
            programs.run(List.of("umount", mount.place().toString()));
        }
    }

    @Test
    void a_dataset_whose_key_is_not_loaded_is_a_gap_and_the_others_are_shown() throws Exception {
        Path key = Files.writeString(Files.createTempFile("key", ""), "a passphrase");
        String secret = top + "/secret";
        zfs("create", "-o", "encryption=on", "-o", "keyformat=passphrase", "-o", "keylocation=file://" + key, secret);
        Files.writeString(data.resolve("secret/file"), "secret");
        zfs("unmount", secret);
        zfs("unload-key", secret);

        SnapshotEvent.Ready first = ready(FRIDAY);
        assertThat(first.source().gaps()).containsExactly(data + "/secret");
        assertReads(first.source(), "before");
        assertThat(first.source().datasets())
                .filteredOn(one -> one.dataset().equals(secret))
                .singleElement()
                .returns(Optional.empty(), DatasetSnapshot::path);

        zfs("load-key", secret);
        zfs("mount", secret);
        SnapshotEvent.Ready second = ready(SATURDAY);
        assertThat(second.source().gaps()).isEmpty();
        assertThat(inView(second.source(), data.resolve("secret/file"))).hasContent("secret");
    }

    /** As kill -9 would leave it: the service keeps nothing in memory that matters. {@link ServiceInVm} kills in earnest. */
    @Test
    void killed_after_any_step_of_the_replacement_the_night_is_made_whole() throws Exception {
        zfs("create", other + "/child");
        ZfsSnapshots unharmed = snapshots(Access.VIEW, other);
        keeper = keeper(unharmed);
        ready(new NightId("2026-05-01"));
        int step = 0;
        boolean killed = true;
        while (killed) {
            keeper.released(lastNight());
            var dying = new Dying(++step);
            keeper = keeper(new ZfsSnapshots(List.of(other), NAME, Access.VIEW, dying.programs(), views));
            var night = new NightId("2026-05-%02d".formatted(step + 1));
            Files.writeString(media.resolve("file"), "of " + night);
            try {
                ready(night);
                killed = false;
            } catch (Exception e) {
                assertThat(e).isInstanceOf(Killed.class);
                keeper = keeper(unharmed);
                keeper.tidy();
                ready(night);
            }
            assertThat(unharmed.kept()).as("after step " + step).hasSize(1).allMatch(Kept::held);
            assertThat(only(unharmed.kept()).isOf(night)).isTrue();
            assertThat(names(other)).containsExactly(NAME);
            assertThat(views.nights()).containsExactly(night);
            assertThat(inView(bus.lastReady().orElseThrow().source(), media.resolve("file")))
                    .hasContent("of " + night);
        }
        assertThat(step)
                .as("umount twice, destroy, snapshot, hold, mount twice, then unharmed")
                .isEqualTo(8);
    }

    private NightId lastNight() {
        return bus.lastReady().orElseThrow().night();
    }

    /** Checked, and thrown as if it were not, for nothing may catch it on its way. */
    private static final class Killed extends Exception {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void now() throws E {
            throw (E) new Killed();
        }
    }

    /** Dies once so many commands that change something have been run. */
    private static final class Dying {
        private static final Set<String> CHANGES = Set.of("destroy", "snapshot", "hold");
        private int left;

        private Dying(int left) {
            this.left = left;
        }

        Programs programs() {
            var real = new SystemProgramRunner();
            return new Programs(
                    (command, out, err) -> {
                        var exit = real.run(command, out, err);
                        var argv = command.argv();
                        boolean changes = argv.get(0).endsWith("mount")
                                || CHANGES.contains(argv.get(1)) && !argv.get(0).equals("stat");
                        if (changes && --left == 0) {
                            Killed.<RuntimeException>now();
                        }
                        return exit;
                    },
                    Duration.ofMinutes(2));
        }
    }

    private SnapshotEvent.Ready ready(NightId night) throws InterruptedException {
        assertThat(start(night)).isInstanceOf(SnapshotEvent.Ready.class);
        return bus.lastReady().orElseThrow();
    }

    private void assertFailed(NightId night, String reason, String advice) throws InterruptedException {
        assertThat(start(night)).isInstanceOfSatisfying(SnapshotEvent.Failed.class, failed -> {
            assertThat(failed.night()).isEqualTo(night);
            assertThat(failed.reason()).contains(reason);
            assertThat(failed.advice()).contains(advice);
        });
    }

    /** Answered once, with the last thing said. */
    private SnapshotEvent start(NightId night) throws InterruptedException {
        int before = bus.events.size();
        keeper.start(new Night(night, Instant.now(), Optional.empty()), Instant.now());
        assertThat(bus.events).hasSize(before + 1);
        assertThat(bus.events.get(before).night()).isEqualTo(night);
        return bus.events.get(before);
    }

    private SnapshotKeeper keeper(Snapshots of) {
        var config = new SmallRyeConfigBuilder()
                .withDefaultValue("nightshift.fleet", "fleet.yaml")
                .withDefaultValue("nightshift.snapshot.host", "daedalus")
                .withMapping(SnapshotConfig.class)
                .build()
                .getConfigMapping(SnapshotConfig.class);
        return new SnapshotKeeper(config.snapshot(), of, bus, views, ready -> {}, InstantSource.system());
    }
}
