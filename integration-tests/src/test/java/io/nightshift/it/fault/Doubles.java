package io.nightshift.it.fault;

import static io.nightshift.it.fault.Machine.SCHEDULER;
import static io.nightshift.it.fault.Machine.SNAPSHOTS;
import static io.nightshift.it.fault.Machine.WORKER;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import io.nightshift.contract.Subjects;
import io.nightshift.it.fault.ResticWrapper.Order;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** More than one of a service, and messages more than once, late, or in another order. */
final class Doubles {
    static final List<Fault> FAULTS = List.of(
            new Fault("two schedulers", "a whole night", Doubles::twoSchedulers),
            new Fault("two schedulers", "one is killed as jobs are released", Doubles::oneOfTwoSchedulers),
            new Fault("two snapshot-services of one host", "the second is refused", Doubles::twoSnapshotServices),
            new Fault("ten workers of one destination", "three nights at once", Doubles::tenWorkers)
                    .ending("(\\d skipped, )?\\d succeeded"),
            new Fault("messages delivered twice", "at once", stage -> again(stage, false)),
            new Fault("messages delivered again", "late, in reverse order", stage -> again(stage, true)),
            new Fault("a night lasts until the next one", "while restic works", Doubles::nextNight));

    private Doubles() {}

    private static void twoSchedulers(Stage stage) throws Exception {
        stage.machine().another(SCHEDULER, Map.of());
        stage.night();
    }

    private static void oneOfTwoSchedulers(Stage stage) throws Exception {
        stage.machine().another(SCHEDULER, Map.of());
        stage.recorder()
                .atNext(Subjects.JOBS, body -> true, () -> stage.machine().kill(SCHEDULER));
        stage.night();
    }

    private static void twoSnapshotServices(Stage stage) throws Exception {
        assertThatThrownBy(() -> stage.machine().another(SNAPSHOTS, Map.of()))
                .hasMessageContaining("another snapshot-service is running for here, pid "
                        + stage.machine().service(SNAPSHOTS).pid());
        stage.night();
    }

    private static void tenWorkers(Stage stage) throws Exception {
        stage.machine().another(WORKER, Map.of("nightshift.worker.parallel", "8"));
        stage.machine().another(WORKER, Map.of());
        stage.awaitEnds(stage.begin(), stage.begin(), stage.begin());
    }

    /** Without ids, so that the server drops none: at once behind each, or all of them after the night, the last first. */
    private static void again(Stage stage, boolean late) throws Exception {
        var nats = stage.recorder().connection();
        var seen = new CopyOnWriteArrayList<Message>();
        var dispatcher = nats.createDispatcher(message -> {
            boolean ours = message.getHeaders() != null && message.getHeaders().containsKey("Again");
            if (!ours && !message.getSubject().startsWith("backup.request")) {
                seen.add(message);
                if (!late) {
                    nats.publish(copy(message));
                }
            }
        });
        dispatcher.subscribe("backup.>");
        var night = stage.begin();
        stage.awaitEnds(night);
        dispatcher.unsubscribe("backup.>");
        if (late) {
            for (int i = seen.size() - 1; i >= 0; i--) {
                nats.publish(copy(seen.get(i)));
            }
        }
        stage.awaitEnds(night, stage.begin());
    }

    /** A night without an id is another night each time, so its answer is what is repeated. */
    private static Message copy(Message message) {
        var headers = new io.nats.client.impl.Headers().add("Again", "yes");
        boolean start = message.getSubject().equals(Subjects.NIGHT_START);
        return NatsMessage.builder()
                .subject(start ? "backup.progress.none.none.none" : message.getSubject())
                .headers(headers)
                .data(message.getData())
                .build();
    }

    private static void nextNight(Stage stage) throws Exception {
        stage.restic().next(Order.DURING);
        var first = stage.begin();
        stage.restic().awaitHeld();
        var second = stage.begin();
        stage.awaitView(second);
        stage.restic().letGo();
        stage.awaitEnds(first, second);
    }
}
