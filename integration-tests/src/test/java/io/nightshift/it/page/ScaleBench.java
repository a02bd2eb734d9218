package io.nightshift.it.page;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.it.Programs;
import io.nightshift.nats.testing.NatsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a night of a large fleet costs the scheduler and the bus, both as shipped; no test, run by benchmarks/scale. Snapshot-services
 * and 64 workers are played by threads that speak the contract of the bus, and a job takes as long as it is told: what real workers and
 * restic cost is measured elsewhere. Prints lines of a table.
 */
class ScaleBench {
    private static final List<String> DESTINATIONS = List.of("nas", "cloud", "usb");
    private static final int HOSTS = Integer.getInteger("scale.hosts", 200);
    private static final int WORKERS = 64;
    private static final int CONNECTIONS = 8;
    private static final Duration JOB = Duration.ofMillis(Integer.getInteger("scale.job-millis", 250));
    private static final int ROUNDS = 11;
    private static final Duration LIMIT = Duration.ofMinutes(60);
    private final MeasuredScheduler measured = new MeasuredScheduler(LIMIT);

    ScaleBench() throws IOException {}

    @Test
    void a_night_of_fleets_of_several_sizes(@TempDir Path folder) throws Exception {
        System.out.println(
                "| services | jobs | start to first look | planned | handed out | ended | all known |"
                        + " idle of 64 | scheduler cpu | nats-server cpu | scheduler MiB | nats-server MiB | verdict | first page | targets | command |");
        for (var size : System.getProperty("scale.services", "1000,3000,10000").split(",")) {
            measure(Integer.parseInt(size), Files.createDirectory(folder.resolve(size)));
        }
    }

    private void measure(int services, Path folder) throws Exception {
        int jobs = services * DESTINATIONS.size();
        var seen = new Seen();
        try (var bus = NatsServer.start();
                var nats = connect(bus)) {
            long start = System.nanoTime();
            try (var scheduler = measured.start(
                    folder,
                    fleet(folder, services),
                    bus,
                    "-Xmx1g",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:MinHeapFreeRatio=10",
                    "-XX:MaxHeapFreeRatio=20")) {
                // The metrics name every target: asked all the while, they would be what is measured.
                scheduler.await(LIMIT, () -> entries(nats, "KV_backup_freshness") >= jobs);
                scheduler.await(LIMIT, () -> measured.metrics().contains("\nnightshift_scheduler_round_"));
                var line = new ArrayList<>(List.of(services + "", jobs + "", since(start)));
                seen.follow(nats);
                var workers = workers(bus, seen);
                scheduler.await(LIMIT, () -> seen.waiting.get() == WORKERS);
                long night = System.nanoTime();
                var before = List.of(processor(scheduler.pid()), processor(natsServer()));
                announce(nats, Subjects.NIGHT_START, "{}".getBytes(StandardCharsets.UTF_8));
                scheduler.await(LIMIT, () -> seen.queued.size() == jobs);
                line.add(since(night));
                scheduler.await(LIMIT, () -> seen.released.size() == jobs);
                line.add(since(night));
                scheduler.await(LIMIT, () -> seen.ended.size() == jobs);
                line.add(since(night));
                scheduler.await(LIMIT, () -> seen.letGo.get() == HOSTS);
                line.add(since(night));
                for (var worker : workers) {
                    worker.close();
                }
                line.add("%.1f".formatted(seen.idle()));
                line.add(used(scheduler.pid(), before.get(0)));
                line.add(used(natsServer(), before.get(1)));
                line.addAll(List.of(resident(scheduler.pid()), resident(natsServer())));
                line.addAll(List.of(took("/api/verdict"), took("/"), took("/api/targets?limit=100")));
                line.add(median(() -> status(folder)));
                System.out.println("| " + String.join(" | ", line) + " |");
                if (seen.twice.get() > 0) {
                    throw new IllegalStateException(seen.twice + " jobs were handed out twice");
                }
            }
        }
    }

    /** What has passed on the bus. */
    private static final class Seen {
        final Set<JobId> queued = ConcurrentHashMap.newKeySet();
        final Set<JobId> released = ConcurrentHashMap.newKeySet();
        final Set<JobId> ended = ConcurrentHashMap.newKeySet();
        final AtomicInteger waiting = new AtomicInteger();
        final AtomicInteger letGo = new AtomicInteger();
        final AtomicInteger twice = new AtomicInteger();
        private final AtomicLong idleNanos = new AtomicLong();
        private final AtomicLong first = new AtomicLong();
        private volatile long last;

        void follow(Connection nats) throws Exception {
            var dispatcher = nats.createDispatcher();
            dispatcher.setPendingLimits(-1, -1);
            dispatcher.subscribe(Subjects.STATUSES, this::status);
            dispatcher.subscribe(Subjects.snapshotRelease("*"), message -> letGo.incrementAndGet());
            nats.flush(LIMIT);
        }

        private void status(Message message) {
            var status = Wire.read(message.getData(), JobStatus.class);
            if (status instanceof JobStatus.Queued) {
                queued.add(status.job());
            } else if (status.isFinal()) {
                ended.add(status.job());
            }
        }

        void took(JobId job, long waitedSince) {
            last = System.nanoTime();
            first.compareAndSet(0, last);
            idleNanos.addAndGet(last - Math.max(waitedSince, first.get()));
            if (!released.add(job)) {
                twice.incrementAndGet();
            }
        }

        /** How many workers of 64 had nothing to do, from the first job that was taken to the last. */
        double idle() {
            return (double) idleNanos.get() / (last - first.get());
        }
    }

    private static Connection connect(NatsServer bus) throws Exception {
        return Nats.connect(new Options.Builder()
                .server(bus.url())
                .connectionTimeout(Duration.ofMinutes(1))
                .build());
    }

    private static long entries(Connection nats, String stream) throws Exception {
        return nats.jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount();
    }

    /** @return their connections, which they end with */
    private static List<Connection> workers(NatsServer bus, Seen seen) throws Exception {
        var connections = new ArrayList<Connection>();
        for (int c = 0; c < CONNECTIONS; c++) {
            var nats = connect(bus);
            connections.add(nats);
            for (int w = 0; w < WORKERS / CONNECTIONS; w++) {
                var worker = new Thread(() -> work(nats, seen), "worker-" + c + "-" + w);
                worker.setDaemon(true);
                worker.start();
            }
        }
        return connections;
    }

    /** One queue for all, where each host and destination has one in truth: so that there are 64 workers, and not 600. */
    private static void work(Connection nats, Seen seen) {
        try {
            var queue = nats.jetStream()
                    .subscribe(
                            Subjects.JOBS,
                            PullSubscribeOptions.builder().stream(Subjects.JOBS_STREAM)
                                    .durable("scale")
                                    .configuration(ConsumerConfiguration.builder()
                                            .ackPolicy(AckPolicy.Explicit)
                                            .ackWait(Duration.ofMinutes(5))
                                            .build())
                                    .build());
            long free = System.nanoTime();
            seen.waiting.incrementAndGet();
            while (true) {
                for (var message : queue.fetch(1, Duration.ofSeconds(5))) {
                    var job = Wire.read(message.getData(), Job.class).id();
                    seen.took(job, free);
                    say(nats, new JobStatus.Running(job, Instant.now(), 1, "worker"));
                    Thread.sleep(JOB.toMillis());
                    say(nats, new JobStatus.Succeeded(job, Instant.now(), 1, "worker", RESULT));
                    message.ackSync(Duration.ofSeconds(30));
                    free = System.nanoTime();
                }
            }
        } catch (InterruptedException | IllegalStateException e) {
            // the night is over
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final RunResult RESULT = new RunResult.Backup(
            "%064x".formatted(1),
            3,
            17,
            980,
            0,
            2,
            90,
            40,
            9,
            1L << 20,
            1L << 19,
            1000,
            1L << 30,
            0.2,
            Optional.empty(),
            Optional.empty());

    private static void say(Connection nats, JobStatus status) throws Exception {
        nats.jetStream().publish(status.subject(), Wire.write(status));
    }

    /** The start of a night, and the answers of all snapshot-services. */
    private static void announce(Connection nats, String subject, byte[] start) throws Exception {
        var ack = nats.jetStream().publish(subject, start);
        var stored = nats.jetStreamManagement().getMessage(Subjects.EVENTS_STREAM, ack.getSeqno());
        var at = stored.getTime().toInstant();
        var night = NightId.manual(at, ZoneOffset.UTC);
        for (int host = 0; host < HOSTS; host++) {
            var dataset = new DatasetSnapshot(
                    "rpool/persist",
                    "rpool/persist@restic_nightly_snap",
                    "4711",
                    at,
                    Optional.of("/persist"),
                    Optional.of("/v/" + night + "/persist"));
            var source = new SnapshotSource(
                    night, at, at, Kind.ZFS, Access.VIEW, Optional.of("/v/" + night), List.of(dataset));
            var ready = new SnapshotEvent.Ready("host" + host, night, at, source);
            nats.jetStream().publish(Subjects.snapshotReady("host" + host), Wire.write(ready));
        }
    }

    private String took(String path) throws Exception {
        return median(() -> measured.get(path));
    }

    /** What a person asks who has no browser at hand: from the start of the command to its end. */
    private Programs.Ended status(Path folder) throws Exception {
        var command = List.of(
                Programs.PROJECT.resolve("command/target/nightshift/nightshift").toString(), "status");
        var url = measured.page("").toString();
        var ended = Programs.run(folder.resolve("status.log"), Map.of("NIGHTSHIFT_URL", url), LIMIT, command);
        if (!ended.output().contains(" backups")) {
            throw new IllegalStateException("status: " + ended);
        }
        return ended;
    }

    private static String median(Callable<?> question) throws Exception {
        var took = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            question.call();
            took.add(System.nanoTime() - began);
        }
        took.sort(null);
        return took.get(ROUNDS / 2) / 1_000_000 + " ms";
    }

    private static Path fleet(Path folder, int services) throws IOException {
        var at = LocalTime.now(ZoneOffset.UTC).plusHours(12).truncatedTo(ChronoUnit.MINUTES);
        var ofHosts = new LinkedHashMap<String, List<String>>();
        for (int host = 0; host < HOSTS; host++) {
            ofHosts.put("host" + host, new ArrayList<>());
        }
        for (int service = 0; service < services; service++) {
            ofHosts.get("host" + service % HOSTS).add("s" + service);
        }
        return MeasuredScheduler.fleet(folder, at, DESTINATIONS, ofHosts);
    }

    private static long natsServer() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/nats-server"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private static String resident(long pid) throws IOException {
        return Long.toString(MeasuredScheduler.residentMib(pid));
    }

    private static Duration processor(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    /** What it took of the processor since, which other work on the machine changes less than the time. */
    private static String used(long pid, Duration before) {
        return "%.1f s".formatted(processor(pid).minus(before).toMillis() / 1e3);
    }

    private static String since(long nanos) {
        return "%.1f s".formatted((System.nanoTime() - nanos) / 1e9);
    }
}
