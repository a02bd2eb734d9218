package io.nightshift.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The streams are configured by text, the subjects by code: here they are compared. */
class TopologyTest {
    private static final Properties SHIPPED = new Properties();

    @BeforeAll
    static void read() throws IOException {
        try (var in = TopologyTest.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            SHIPPED.load(in);
        }
    }

    @Test
    void every_subject_that_is_kept_is_in_its_stream() {
        assertThat(subjects(Subjects.EVENTS_STREAM))
                .containsExactlyInAnyOrder("backup.night.>", Subjects.SNAPSHOTS, Subjects.ALERTS, Subjects.REJECTED);
        assertThat(subjects(Subjects.REQUESTS_STREAM)).containsExactly(Subjects.REQUESTS);
        assertThat(subjects(Subjects.JOBS_STREAM)).containsExactly(Subjects.JOBS);
        assertThat(subjects(Subjects.STATUS_STREAM))
                .containsExactly(Subjects.STATUSES, Subjects.UPKEEPS, Subjects.RESTORED);
        assertThat(subjects(Subjects.RESTORES_STREAM)).containsExactly(Subjects.RESTORES);
    }

    private static List<String> subjects(String stream) {
        return List.of(
                SHIPPED.getProperty("nats.streams." + stream + ".subjects").split(","));
    }
}
