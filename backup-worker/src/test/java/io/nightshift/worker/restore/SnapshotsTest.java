package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.worker.JobFailedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private static final List<Archive.Snapshot> ALL = List.of(
            snapshot("aaaaaaaa1", "2026-04-15T16:00:01Z"),
            snapshot("aaaaaaaa2", "2026-04-17T16:00:01Z"),
            snapshot("bbbbbbbbb", "2026-04-16T16:00:01Z"));

    @Test
    void a_request_means_the_newest_or_the_newest_that_is_not_later_or_an_id() {
        assertThat(choose("{}")).isEqualTo("aaaaaaaa2");
        assertThat(choose("{\"snapshot\":\"latest\"}")).isEqualTo("aaaaaaaa2");
        assertThat(choose("{\"at\":\"2026-04-16T16:00:01Z\"}")).isEqualTo("bbbbbbbbb");
        assertThat(choose("{\"at\":\"2026-04-16T16:00:00Z\"}")).isEqualTo("aaaaaaaa1");
        assertThat(choose("{\"snapshot\":\"bbbbbbbb\"}")).isEqualTo("bbbbbbbbb");
    }

    @Test
    void an_id_of_none_or_of_two_and_a_time_before_all_are_refused() {
        assertThatThrownBy(() -> choose("{\"snapshot\":\"cccccccc\"}"))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("no snapshot cccccccc")
                .hasMessageContaining("2026-04-15");
        assertThatThrownBy(() -> choose("{\"snapshot\":\"aaaaaaaa\"}")).hasMessageContaining("more than one");
        assertThatThrownBy(() -> choose("{\"at\":\"2026-04-15T16:00:00Z\"}")).hasMessageContaining("as old as");
    }

    private static String choose(String body) {
        var request = Wire.read(body.getBytes(StandardCharsets.UTF_8), RestoreRequest.class);
        return Snapshots.choose(new Restore("r", new Target("h", "s", "d"), request), ALL)
                .id();
    }

    private static Archive.Snapshot snapshot(String id, String time) {
        return new Archive.Snapshot(id, Instant.parse(time), List.of());
    }
}
