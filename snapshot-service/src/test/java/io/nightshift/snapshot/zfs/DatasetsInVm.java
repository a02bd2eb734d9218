package io.nightshift.snapshot.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.snapshot.Kept;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/** Datasets of its own for each test, on real OpenZFS. */
abstract class DatasetsInVm {
    static final NightId FRIDAY = new NightId("2026-04-17");
    static final NightId SATURDAY = new NightId("2026-04-18");
    static final String NAME = "restic_nightly_snap";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Programs programs = new Programs(new SystemProgramRunner(), Duration.ofMinutes(2));
    final int number = NUMBER.incrementAndGet();
    final String top = "rpool/safe/test" + number;
    final String other = "rpool/media" + number;
    final Path data = Path.of("/daten " + number);
    final Path media = Path.of("/srv/media" + number);
    final Views views = new Views(Path.of("/run/nightshift/views" + number));
    final ZfsSnapshots snapshots = snapshots(Access.VIEW, top, other);

    ZfsSnapshots snapshots(Access access, String... datasets) {
        return new ZfsSnapshots(List.of(datasets), NAME, access, programs, views);
    }

    /** The child of a dataset that is not mounted, one mounted elsewhere, one {@code legacy}, one not mounted at all. */
    @BeforeEach
    void createDatasets() throws Exception {
        zfs("create", "-o", "mountpoint=" + data, top);
        zfs("create", top + "/containers");
        zfs("create", "-o", "canmount=off", top + "/group");
        zfs("create", top + "/group/grosste");
        zfs("create", "-o", "mountpoint=none", top + "/none");
        zfs("create", "-o", "mountpoint=legacy", top + "/legacy");
        zfs("create", "-o", "mountpoint=" + media, other);
        Files.createDirectories(data.resolve("alt"));
        programs.run(List.of(
                "mount", "-t", "zfs", top + "/legacy", data.resolve("alt").toString()));
        write("before");
    }

    List<Path> files() {
        return List.of(
                data.resolve("file"),
                data.resolve("containers/file"),
                data.resolve("group/grosste/file"),
                data.resolve("alt/file"),
                media.resolve("file"));
    }

    void write(String text) throws IOException {
        for (Path file : files()) {
            Files.writeString(file, text);
        }
    }

    SnapshotSource take(NightId night) throws InterruptedException {
        return snapshots.take(new Night(night, Instant.now().minusSeconds(2), Optional.empty()));
    }

    void assertReads(SnapshotSource source, String text) {
        assertThat(files()).allSatisfy(file -> assertThat(inView(source, file)).hasContent(text));
    }

    /** The longest mount point that the file is below says in which ZFS snapshot it is. */
    static Path inView(SnapshotSource source, Path file) {
        DatasetSnapshot dataset = source.datasets().stream()
                .filter(one -> one.mountpoint().filter(file::startsWith).isPresent())
                .reduce((a, b) -> a.mountpoint().orElseThrow().length()
                                > b.mountpoint().orElseThrow().length()
                        ? a
                        : b)
                .orElseThrow();
        return Path.of(dataset.path().orElseThrow())
                .resolve(Path.of(dataset.mountpoint().orElseThrow()).relativize(file));
    }

    /** Of the ZFS snapshots of that dataset alone. */
    List<String> names(String dataset) throws InterruptedException {
        return zfs("list", "-Hp", "-d", "1", "-t", "snapshot", "-o", "name", dataset).stream()
                .map(line -> line.substring(line.indexOf('@') + 1))
                .toList();
    }

    static Kept only(List<Kept> kept) {
        assertThat(kept).hasSize(1);
        return kept.get(0);
    }

    List<String> zfs(String... arguments) throws InterruptedException {
        var argv = new ArrayList<>(List.of("zfs"));
        argv.addAll(Arrays.asList(arguments));
        return programs.run(argv);
    }
}
