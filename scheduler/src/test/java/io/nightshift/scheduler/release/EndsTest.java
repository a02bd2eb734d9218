package io.nightshift.scheduler.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.RecordingBus;
import io.nightshift.scheduler.Samples;
import io.nightshift.scheduler.Together;
import io.nightshift.scheduler.alarm.Alarms;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.MemoryLedger;
import io.nightshift.scheduler.overdue.Overdue;
import io.nightshift.scheduler.plan.Planner;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndsTest {
    private static final Instant NOW = Instant.parse("2026-04-17T02:30:00Z");
    private static final Target APP = new Target("daedalus", "app01", "local");
    private static final Target OTHER = new Target("daedalus", "app02", "local");

    @TempDir
    Path folder;

    private final MemoryLedger known = new MemoryLedger();
    private final List<Object> readers = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayRead = new CountDownLatch(1);

    @Test
    void ends_of_one_target_do_not_meet_and_those_of_others_do_not_wait() throws Exception {
        var ends = ends();
        var first = heard(ends, APP, NOW);
        await().until(() -> readers.contains(APP));

        var second = heard(ends, APP, NOW.plusSeconds(1));
        var other = heard(ends, OTHER, NOW);
        await().until(() -> readers.contains(OTHER));
        await().until(() -> second.getState() == Thread.State.BLOCKED || readers.size() > 2);

        assertThat(Collections.frequency(readers, APP)).isEqualTo(1);
        mayRead.countDown();
        for (var thread : List.of(first, second, other)) {
            thread.join();
        }
        assertThat(known.freshness(APP, Work.BACKUP).flatMap(freshness -> freshness.good()))
                .hasValueSatisfying(good -> assertThat(good.endedAt()).isEqualTo(NOW.plusSeconds(1)));
    }

    private static Thread heard(Ends ends, Target target, Instant at) {
        var job = JobId.backup(new NightId("2026-04-17"), target);
        var thread = new Thread(() -> ends.heard(Samples.succeeded(job, at), at));
        thread.start();
        return thread;
    }

    private Ends ends() throws Exception {
        var fleet = Fleets.twenty(folder);
        var bus = new RecordingBus();
        var ledger = heldUp();
        var planner = new Planner(fleet, ledger, bus, Duration.ofMinutes(15), Together.oneAfterTheOther());
        return new Ends(
                fleet,
                ledger,
                bus,
                planner,
                new Overdue(fleet, ledger, new Alarms(ledger, bus), Together.oneAfterTheOther()));
    }

    /** Whoever reads when a target was last backed up is held up. */
    private Ledger heldUp() {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, args) -> {
                    if (method.getName().equals("freshness")) {
                        readers.add(args[0]);
                        mayRead.await();
                    }
                    return method.invoke(known, args);
                });
    }
}
