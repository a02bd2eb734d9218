package io.nightshift.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.Subjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** Ten thousand messages that nobody can understand, on every subject that we read, while a night runs. */
final class Storm {
    private static final int MESSAGES = 10_000;
    private static final int OVERSIZED_BYTES = 900_000;
    private static final long MAX_GROWTH_KIB = 64 * 1024;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Of every subject that a service reads; each with the streams of its readers in mind. */
    private static final List<String> SUBJECTS = List.of(
            Subjects.NIGHT_START,
            "backup.snapshot.here.ready",
            "backup.snapshot.here.failed",
            "backup.snapshot.here.release",
            "backup.request.here.files.disk",
            "backup.request.nobody.knows.this",
            "backup.request.here",
            "backup.job.here.files.disk",
            "backup.status.here.files.disk",
            "backup.upkeep.here.files.disk.check",
            "backup.alert.overdue",
            Subjects.REJECTED);

    /** None of them is a command: an object with unknown fields alone is one, to start a night, and people may do that. */
    private static final List<Function<Random, byte[]>> BODIES = List.of(
            random -> bytes(random, 200),
            random -> text("{\"type\":\"job.format-disk\",\"id\":\"../../../etc/passwd\",\"night\":7,\"work\":7}"),
            random -> text("[".repeat(2000)),
            random -> text("{\"night\":\"2026-04-17/../..\",\"host\":\"-o sftp.command=id\",\"work\":\"$(reboot)\"}"),
            random -> text("{\"state\":\"failed\",\"at\":\"yesterday\",\"night\":\"x\",\"snapshot\":\"Ä\\u0000\"}"),
            random -> text("null"));

    static final List<Fault> FAULTS =
            List.of(new Fault("storm of 10,000 hostile messages", "while a night runs", Storm::blow));

    private Storm() {}

    private static void blow(Stage stage) throws Exception {
        stage.night();
        var before = memory(stage);
        var random = new Random(1);
        var nats = stage.recorder().connection();
        for (int i = 0; i < MESSAGES; i++) {
            var subject = SUBJECTS.get(i % SUBJECTS.size());
            boolean oversized = i % 1000 == 999;
            nats.publish(
                    subject,
                    oversized
                            ? bytes(random, OVERSIZED_BYTES)
                            : BODIES.get(i / SUBJECTS.size() % BODIES.size()).apply(random));
            if (i % 500 == 499) {
                nats.flush(Duration.ofSeconds(30));
            }
        }
        var night = stage.begin();
        stage.awaitEnds(night);
        Awaitility.await("all of the storm to be answered")
                .atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(stage.streams()::isCalm);
        assertReasons(stage);
        memory(stage)
                .forEach((service, now) -> assertThat(now - before.get(service))
                        .as("KiB that " + service + " has grown by, from " + before.get(service))
                        .isLessThan(MAX_GROWTH_KIB));
    }

    private static void assertReasons(Stage stage) throws Exception {
        var last = stage.streams().lastRejected();
        assertThat(last.reason()).as("the reason of " + last.subject()).isNotBlank();
        // A flood is told in groups, and floods nobody in turn.
        assertThat(stage.streams().rejections()).as("rejections").isBetween(SUBJECTS.size() * 6L, MESSAGES / 4L);
    }

    private static Map<String, Long> memory(Stage stage) throws Exception {
        var resident = new TreeMap<String, Long>();
        for (var name : Machine.SERVICES) {
            resident.put(name, stage.machine().service(name).residentKib());
        }
        return resident;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
