package io.nightshift.scheduler.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Alert;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.Samples;
import io.nightshift.scheduler.state.Board;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server lets nobody publish on another's subject; so a message is what its subject says, or nothing. */
class BoardMessagesTest {
    private static final Instant NOW = Instant.parse("2026-04-17T05:00:00Z");
    private static final Target APP = new Target("daedalus", "app01", "local");

    private Board board;
    private BoardMessages messages;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        board = new Board(Fleets.twenty(folder));
        messages = new BoardMessages(board);
    }

    @Test
    void who_may_alert_of_disks_alone_cannot_end_an_alert_of_another_kind() {
        var overdue = Alert.of(Alert.OVERDUE, APP.toString(), NOW, "no good backup", "");
        messages.event(Wire.write(overdue), on("backup.alert.overdue"));
        var ended = Alert.ended(Alert.OVERDUE, APP.toString(), NOW.plusSeconds(1), "never mind");

        messages.event(Wire.write(ended), on("backup.alert.disk"));
        assertThat(board.alerts()).containsExactly(overdue);

        messages.event(Wire.write(ended), on("backup.alert.overdue"));
        assertThat(board.alerts()).isEmpty();
    }

    @Test
    void who_may_speak_for_one_host_alone_says_nothing_of_another() {
        var job = new JobId(new NightId("2026-04-17"), APP, Work.BACKUP);
        var status = Samples.succeeded(job, NOW);

        messages.status(Wire.write(status), on("backup.status.laptop.app01.local"));
        assertThat(board.target(APP).orElseThrow().last()).isEmpty();

        messages.status(Wire.write(status), on(status.subject()));
        assertThat(board.target(APP).orElseThrow().last()).contains(status);
    }

    @Test
    void who_announces_for_one_host_alone_announces_for_no_other() {
        var ready = Samples.ready("daedalus", new NightId("2026-04-17"), NOW, NOW);

        messages.event(Wire.write(ready), on("backup.snapshot.laptop.ready"));
        assertThat(board.host("daedalus").orElseThrow().ready()).isEmpty();

        messages.event(Wire.write(ready), on(ready.subject()));
        assertThat(board.host("daedalus").orElseThrow().ready()).contains(ready);
    }

    private static NatsMessageMetadata on(String subject) {
        return new NatsMessageMetadata(subject, Map.of(), "BACKUP_EVENTS", 1, "board", 1, NOW, Optional.empty());
    }
}
