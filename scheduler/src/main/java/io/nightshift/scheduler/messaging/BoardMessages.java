package io.nightshift.scheduler.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.scheduler.state.Board;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Fills the board. It changes nothing on the bus, so reading again after a restart is harmless. */
@ApplicationScoped
class BoardMessages {
    private static final Logger LOG = Logger.getLogger(BoardMessages.class);

    private final Board board;

    BoardMessages(Board board) {
        this.board = board;
    }

    @Incoming("board-statuses")
    void status(byte[] body, NatsMessageMetadata message) {
        understand(message, () -> {
            if (message.subject().startsWith("backup.restored.")) {
                board.heard(own(Wire.read(body, RestoreStatus.class), RestoreStatus::subject, message));
            } else {
                board.heard(own(Wire.read(body, JobStatus.class), JobStatus::subject, message));
            }
        });
    }

    @Incoming("board-events")
    void event(byte[] body, NatsMessageMetadata message) {
        understand(message, () -> {
            if (message.subject().equals(Subjects.REJECTED)) {
                board.heard(Wire.read(body, Rejected.class)); // anybody's
            } else if (message.subject().startsWith("backup.alert.")) {
                board.heard(own(Wire.read(body, Alert.class), Alert::subject, message));
            } else {
                board.heard(own(Wire.read(body, SnapshotEvent.class), SnapshotEvent::subject, message));
            }
        });
    }

    @Incoming("board-progress")
    void progress(byte[] body, NatsMessageMetadata message) {
        understand(message, () -> {
            if (message.subject().startsWith("backup.restoring.")) {
                board.heard(own(Wire.read(body, RestoreProgress.class), RestoreProgress::subject, message));
            } else {
                board.heard(own(Wire.read(body, Progress.class), Progress::subject, message));
            }
        });
    }

    private static <T> T own(T content, Function<T, String> subject, NatsMessageMetadata message) {
        Subjects.requireOwn(subject.apply(content), message.subject());
        return content;
    }

    /** Who has to act on a message says what is wrong with it; here it is only not shown. */
    private static void understand(NatsMessageMetadata message, Runnable reading) {
        try {
            reading.run();
        } catch (MalformedMessageException e) {
            LOG.debugf("not shown subject=%s: %s", message.subject(), e.getMessage());
        }
    }
}
