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
import java.util.Optional;
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

    /** A run that could not read everything, and another one on the same ZFS snapshot; restic tells them in any order. */
    @Test
    void of_two_of_the_same_time_the_newest_is_the_one_that_was_made_last() {
        var before = snapshot("before", "2026-04-17T16:00:01Z");
        var first = ended("first", "2026-04-17T17:00:00Z");
        var last = ended("last", "2026-04-18T09:00:00Z");
        for (var all : List.of(List.of(first, last, before), List.of(before, last, first), List.of(last, before))) {
            assertThat(choose("{}", all)).isEqualTo("last");
        }
    }

    private static Archive.Snapshot ended(String id, String time) {
        var made = Optional.of(Instant.parse(time));
        return new Archive.Snapshot(
                id, Instant.parse("2026-04-17T16:00:01Z"), List.of(), List.of(), Optional.empty(), made);
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
        return choose(body, ALL);
    }

    private static String choose(String body, List<Archive.Snapshot> all) {
        var request = Wire.read(body.getBytes(StandardCharsets.UTF_8), RestoreRequest.class);
        return Snapshots.choose(new Restore("r", new Target("h", "s", "d"), request), all)
                .id();
    }

    private static Archive.Snapshot snapshot(String id, String time) {
        return new Archive.Snapshot(id, Instant.parse(time), List.of());
    }
}
