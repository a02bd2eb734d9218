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
import io.nightshift.it.Background;
import io.nightshift.it.Programs;
import io.nightshift.nats.testing.NatsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port = Background.freePort();
    private final int healthPort = Background.freePort();

    ScaleBench() throws IOException {}

    @Test
    void a_night_of_fleets_of_several_sizes(@TempDir Path folder) throws Exception {
        System.out.println("| services | jobs | start to first look | planned | handed out | ended | all known |"
                + " idle of 64 | scheduler MiB | nats-server MiB | verdict | first page | targets |");
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
            try (var scheduler = scheduler(folder, fleet(folder, services), bus)) {
                scheduler.await(LIMIT, () -> get(healthPort, "/q/metrics").contains("\nnightshift_scheduler_round_"));
                var line = new ArrayList<>(List.of(services + "", jobs + "", since(start)));
                seen.follow(nats);
                var workers = workers(bus, seen);
                scheduler.await(LIMIT, () -> seen.waiting.get() == WORKERS);
                long night = System.nanoTime();
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
                line.addAll(List.of("%.1f".formatted(seen.idle()), rss(scheduler.pid()), rss(natsServer())));
                line.addAll(List.of(took("/api/verdict"), took("/"), took("/api/targets?limit=100")));
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

    private Background scheduler(Path folder, Path fleet, NatsServer bus) throws Exception {
        var scheduler = Background.start(
                folder.resolve("scheduler.log"),
                Map.of(
                        "NIGHTSHIFT_FLEET", fleet.toString(),
                        "NATS_SERVERS", bus.url(),
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "QUARKUS_MANAGEMENT_PORT", Integer.toString(healthPort)),
                List.of(
                        "java",
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:MinHeapFreeRatio=10",
                        "-XX:MaxHeapFreeRatio=20",
                        "-jar",
                        Programs.PROJECT
                                .resolve("scheduler/target/quarkus-app/quarkus-run.jar")
                                .toString()));
        scheduler.awaitReady(LIMIT, healthPort);
        return scheduler;
    }

    /** The median. */
    private String took(String path) throws Exception {
        var took = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            get(port, path);
            took.add(System.nanoTime() - began);
        }
        took.sort(null);
        return took.get(ROUNDS / 2) / 1_000_000 + " ms";
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        var question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", path.startsWith("/q/") ? "text/plain" : "*/*")
                .timeout(LIMIT);
        var answer = HTTP.send(question.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": HTTP " + answer.statusCode());
        }
        return answer.body();
    }

    private static Path fleet(Path folder, int services) throws IOException {
        var text = new StringBuilder("backup:\n  schedule: { at: \"%s\", zone: UTC }\n  destinations:\n"
                .formatted(LocalTime.now(ZoneOffset.UTC).plusHours(12).truncatedTo(ChronoUnit.MINUTES)));
        for (var destination : DESTINATIONS) {
            text.append("    %1$s: { repository: \"/mnt/%1$s/{host}/{service}\", password-file: /run/secrets/restic }%n"
                    .formatted(destination));
        }
        text.append("  hosts:\n");
        for (int host = 0; host < HOSTS; host++) {
            text.append("    host%d:%n      datasets: [rpool/persist]%n      services:%n".formatted(host));
            for (int service = host; service < services; service += HOSTS) {
                text.append("        s%1$d: { paths: [/persist/s%1$d] }%n".formatted(service));
            }
        }
        return Files.writeString(folder.resolve("backups.yaml"), text);
    }

    private static long natsServer() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/nats-server"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private static String rss(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .map(line -> Long.toString(Long.parseLong(line.replaceAll("\\D", "")) / 1024))
                .findFirst()
                .orElseThrow();
    }

    private static String since(long nanos) {
        return "%.1f s".formatted((System.nanoTime() - nanos) / 1e9);
    }
}
