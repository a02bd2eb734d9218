package io.nightshift.snapshot.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.snapshot.Kept;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SnapshotException;
import io.nightshift.snapshot.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real programs {@code cp} and {@code rm}. */
class CopySnapshotsTest {
    private static final NightId NIGHT = new NightId("2026-04-17");

    @TempDir
    Path folder;

    private Path app;
    private Views views;
    private CopySnapshots copies;

    @BeforeEach
    void prepare() throws IOException {
        app = Files.createDirectories(folder.resolve("Dienste/mein Dienst"));
        Files.writeString(app.resolve("größe.txt"), "one");
        Files.createDirectories(app.resolve("empty folder"));
        Files.createSymbolicLink(app.resolve("link"), Path.of("nowhere"));
        Files.createLink(app.resolve("hard"), app.resolve("größe.txt"));
        Files.setPosixFilePermissions(app.resolve("größe.txt"), PosixFilePermissions.fromString("r--r-----"));
        Files.setLastModifiedTime(app.resolve("empty folder"), FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
        views = new Views(folder.resolve("views"));
        copies = copies(app.toString(), app.resolve("empty folder").toString());
    }

    private CopySnapshots copies(String... paths) {
        var programs = new Programs(new SystemProgramRunner(), Duration.ofMinutes(1));
        return new CopySnapshots(List.of(paths), views, programs, InstantSource.system(), Duration.ofSeconds(20));
    }

    @Test
    void a_copy_has_everything_in_its_place_and_says_that_it_is_a_copy() throws Exception {
        SnapshotSource source = take();

        Path copy = Path.of(source.datasets().get(0).path().orElseThrow());
        assertThat(source.kind()).isEqualTo(SnapshotSource.Kind.COPY);
        assertThat(source.datasets()).extracting(DatasetSnapshot::dataset).containsExactly(app.toString());
        assertThat(copy).isEqualTo(Path.of(views.of(NIGHT) + app.toString()));
        assertThat(copy.resolve("größe.txt")).hasContent("one");
        assertThat(Files.getPosixFilePermissions(copy.resolve("größe.txt")))
                .isEqualTo(PosixFilePermissions.fromString("r--r-----"));
        assertThat(Files.getAttribute(copy.resolve("hard"), "unix:ino"))
                .isEqualTo(Files.getAttribute(copy.resolve("größe.txt"), "unix:ino"));
        assertThat(Files.readSymbolicLink(copy.resolve("link"))).isEqualTo(Path.of("nowhere"));
        assertThat(Files.getLastModifiedTime(copy.resolve("empty folder")).toInstant())
                .isEqualTo(Instant.parse("2020-02-02T02:02:02Z"));
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(Files.getLastModifiedTime(app));
    }

    @Test
    void a_tree_in_use_is_copied_until_it_is_of_one_moment() throws Exception {
        Path first = app.resolve("first");
        Path second = app.resolve("second");
        Files.writeString(first, "0");
        Files.writeString(second, "0");
        var stop = new AtomicBoolean();
        var writer = new Thread(() -> {
            for (int i = 1; !stop.get() && i < 400; i++) {
                write(first, "round " + i);
                write(second, "round " + i);
                write(app.resolve("new " + i % 3), "x");
                delete(app.resolve("new " + (i + 1) % 3));
            }
        });
        writer.start();
        SnapshotSource source = take();
        stop.set(true);
        writer.join();

        Path copy = Path.of(source.datasets().get(0).path().orElseThrow());
        assertThat(copy.resolve("first")).hasSameTextualContentAs(copy.resolve("second"));
    }

    @Test
    void held_until_released_and_removed_for_good() throws Exception {
        SnapshotSource source = take();
        views.complete(new SnapshotEvent.Ready("daedalus", NIGHT, Instant.now(), source));
        Kept kept = copies.kept().get(0);
        assertThat(kept).isEqualTo(new Kept("2026-04-17", Optional.of(NIGHT), source.createdAt(), true));
        assertThat(copies.stands(source)).isTrue();

        copies.release(kept);
        assertThat(copies.kept()).singleElement().returns(false, Kept::held);

        copies.remove(kept);
        assertThat(views.of(NIGHT)).doesNotExist();
        assertThat(copies.stands(source)).isFalse();
        assertThatThrownBy(() -> copies.restore(source)).isInstanceOf(SnapshotException.class);
        assertThat(app.resolve("größe.txt")).hasContent("one");
    }

    @Test
    void a_copy_that_is_read_stays_and_keeps_its_marker() throws Exception {
        SnapshotSource source = take();
        views.complete(new SnapshotEvent.Ready("daedalus", NIGHT, Instant.now(), source));
        Kept kept = copies.kept().get(0);

        try (var open = Files.newDirectoryStream(views.of(NIGHT))) {
            assertThatThrownBy(() -> copies.remove(kept))
                    .isInstanceOf(SnapshotException.class)
                    .hasMessageContaining(
                            "is read by process " + ProcessHandle.current().pid());
            assertThat(views.marker(NIGHT)).isPresent();
            assertThat(open).isNotNull();
        }
        copies.remove(kept);
        assertThat(views.of(NIGHT)).doesNotExist();
    }

    @Test
    void a_missing_path_spoils_nothing_but_its_own_jobs() throws Exception {
        copies = copies(app.toString(), folder.resolve("missing").toString());
        SnapshotSource source = take();

        assertThat(source.datasets()).hasSize(2);
        assertThat(Path.of(views.of(NIGHT) + folder.resolve("missing").toString()))
                .doesNotExist();
        assertThat(Path.of(views.of(NIGHT) + app.toString())).exists();
    }

    @Test
    void what_cannot_be_copied_fails_and_leaves_nothing() throws Exception {
        copies = copies(folder.toString());

        assertThatThrownBy(this::take).isInstanceOf(SnapshotException.class).hasMessageContaining("view-root");
        assertThat(views.of(NIGHT)).doesNotExist();
    }

    private SnapshotSource take() throws InterruptedException {
        return copies.take(new Night(NIGHT, Instant.now(), Optional.empty()));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
