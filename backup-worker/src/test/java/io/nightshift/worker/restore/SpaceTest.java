package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.fleet.FleetFile;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much space a restore needs, and how much there is. */
class SpaceTest {
    @Test
    void in_place_on_zfs_what_is_overwritten_takes_its_space_still() throws Exception {
        assertThat(planned("snapshot: copy", "{\"place\":\"in-place\"}")).isEqualTo(1);
        assertThatThrownBy(() -> planned("datasets: [rpool/safe]", "{\"place\":\"in-place\"}"))
                .hasMessageContaining("it needs up to ")
                .hasMessageContaining("nothing was touched");
        assertThat(planned("datasets: [rpool/safe]", "{\"place\":\"in-place\",\"skipSpaceCheck\":true}"))
                .isEqualTo(1);
    }

    /** A file that is there already, and takes more than is free: it is sparse. */
    private static long planned(String snapshot, String request) throws Exception {
        var host = RestoreFixture.create(snapshot);
        var data = Files.createDirectories(host.data("app"));
        var file = data.resolve("large");
        long size = Files.getFileStore(data).getUsableSpace() + (1 << 30);
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
        var archive = new FakeArchive();
        archive.entries.add(new Archive.Entry(data.toString(), Archive.Kind.FOLDER, 0, Instant.EPOCH));
        archive.entries.add(new Archive.Entry(file.toString(), Archive.Kind.FILE, size, Instant.EPOCH));
        var fleet = FleetFile.read(host.folder.resolve("fleet.yaml"), Map.of());
        var target = new Target(RestoreFixture.HOST, "app", "local");
        var restore =
                new Restore("r", target, Wire.read(request.getBytes(StandardCharsets.UTF_8), RestoreRequest.class));
        var config = new SmallRyeConfigBuilder()
                .withMapping(RestoreConfig.class)
                .build()
                .getConfigMapping(RestoreConfig.class);
        try {
            return new Planner(new Folders(config), fleet)
                    .plan(restore, fleet.backup(target).orElseThrow(), archive, false, new Journal())
                    .files();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void the_space_of_a_pool_counts_once_however_many_datasets_share_it() throws Exception {
        var stores = Set.<FileStore>of(
                new Store("rpool/safe/persist", "zfs", 10),
                new Store("rpool/safe/persist/database", "zfs", 8),
                new Store("tank", "zfs", 5),
                new Store("/dev/sda1", "ext4", 3),
                new Store("/dev/sda2", "ext4", 2));
        assertThat(Folders.free(stores)).isEqualTo(10 + 5 + 3 + 2);
    }

    private static final class Store extends FileStore {
        private final String name;
        private final String type;
        private final long free;

        Store(String name, String type, long free) {
            this.name = name;
            this.type = type;
            this.free = free;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public long getTotalSpace() {
            return free;
        }

        @Override
        public long getUsableSpace() {
            return free;
        }

        @Override
        public long getUnallocatedSpace() {
            return free;
        }

        @Override
        public boolean supportsFileAttributeView(Class<? extends FileAttributeView> view) {
            return false;
        }

        @Override
        public boolean supportsFileAttributeView(String view) {
            return false;
        }

        @Override
        public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> view) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object getAttribute(String attribute) {
            throw new UnsupportedOperationException();
        }
    }
}
