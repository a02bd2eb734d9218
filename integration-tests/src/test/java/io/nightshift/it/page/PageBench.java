package io.nightshift.it.page;

import com.microsoft.playwright.options.ColorScheme;
import io.nats.client.Connection;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.it.Background;
import io.nightshift.nats.testing.NatsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What page and API cost with 500 services, three destinations and two years of nights; no test, run by its name alone: see
 * benchmarks/README.md. Prints lines of a table.
 */
class PageBench {
    private static final List<String> DESTINATIONS = List.of("nas", "cloud", "usb");
    private static final int HOSTS = 5;
    private static final int SERVICES = 100;
    private static final int NIGHTS = Integer.getInteger("nights", 730);
    private static final int FORTNIGHT = 15;
    private static final int AT_ONCE = 2_000;
    private static final int ROUNDS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private final Instant slot = Instant.now().minus(Duration.ofHours(12)).truncatedTo(ChronoUnit.HOURS);
    private int sent;
    private final MeasuredScheduler measured = new MeasuredScheduler(LIMIT);

    PageBench() throws IOException {}

    @Test
    void with_two_years_of_a_large_fleet(@TempDir Path folder) throws Exception {
        var fleet = fleet(folder);
        try (var bus = NatsServer.start();
                var nats = Nats.connect(bus.url())) {
            scheduler(folder, fleet, bus, "P15D").close(); // it makes the streams
            history(nats, NIGHTS - 1, FORTNIGHT);
            var recent = Instant.now();
            history(nats, FORTNIGHT - 1, 0);
            show("messages in the history", count(nats) + "");
            long began = System.nanoTime();
            // All was published just now, where in truth only the last fortnight would be read at the start.
            try (var scheduler = scheduler(folder, fleet, bus, Duration.between(recent, Instant.now()) + "")) {
                show("start to ready", millis(began));
                scheduler.await(LIMIT, () -> measured.get("/api/verdict").contains("\"good\":1500"));
                show("start to all 1,500 known", millis(began));
                measure(scheduler);
            }
        }
    }

    private Background scheduler(Path folder, Path fleet, NatsServer bus, String startAge) throws Exception {
        var age = "-Dmp.messaging.incoming.board-statuses.start-age=" + startAge;
        return measured.start(folder, fleet, bus, "-Xmx256m", "-XX:+UseSerialGC", age);
    }

    private void measure(Background scheduler) throws Exception {
        for (var path : List.of(
                "/",
                "/parts/glance",
                "/parts/grid",
                "/parts/grid?q=s042",
                "/api/verdict",
                "/api/targets?limit=200",
                "/api/plan",
                "/jobs/host1/s042/nas",
                "/api/targets/host1/s042/nas/history?limit=50",
                "/jobs/host1/s042/nas/history")) {
            request(path);
        }
        show("memory of the scheduler (RSS)", MeasuredScheduler.residentMib(scheduler.pid()) + " MiB");
        try (var chromium = Chromium.start()) {
            for (int round = 0; round < 2; round++) {
                look(chromium, "/", "the first page, " + (round == 0 ? "first visit of all" : "another visitor"));
            }
            look(chromium, "/jobs/host1/s042/nas", "a job");
            filter(chromium);
        }
        show("memory of the scheduler afterwards (RSS)", MeasuredScheduler.residentMib(scheduler.pid()) + " MiB");
    }

    private void request(String path) throws Exception {
        var took = new ArrayList<Long>();
        int bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            bytes = measured.get(path).length();
            took.add(System.nanoTime() - began);
        }
        took.sort(null);
        show(
                "GET " + path,
                took.get(ROUNDS / 2) / 1_000_000 + " ms, slowest " + took.get(ROUNDS - 1) / 1_000_000 + " ms, "
                        + bytes / 1024 + " KiB");
    }

    private void look(Chromium chromium, String path, String what) {
        try (var visitor = chromium.visitor(1280, 800, ColorScheme.LIGHT)) {
            var page = visitor.newPage();
            page.navigate(measured.page(path).toString());
            // Not waitForFunction: what it runs in the page, the page's policy refuses.
            page.waitForCondition(
                    () -> (Boolean) page.evaluate("performance.getEntriesByName('first-contentful-paint').length > 0"));
            show(what, (String) page.evaluate("""
                    () => {
                      const [nav] = performance.getEntriesByType('navigation');
                      const all = [nav, ...performance.getEntriesByType('resource')];
                      const sum = all.reduce((bytes, each) => bytes + each.transferSize, 0);
                      const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
                      return `first paint ${Math.round(paint)} ms, loaded ${Math.round(nav.loadEventEnd)} ms, `
                        + `${all.length} requests, ${Math.round(sum / 1024)} KiB over the wire, `
                        + `${document.getElementsByTagName('*').length} elements, `
                        + `${Math.round(performance.memory.usedJSHeapSize / 1048576)} MiB of JavaScript heap`;
                    }"""));
        }
    }

    /** From the last key to the new grid. */
    private void filter(Chromium chromium) {
        try (var visitor = chromium.visitor(1280, 800, ColorScheme.LIGHT)) {
            var page = visitor.newPage();
            page.navigate(measured.page("/").toString());
            var began = System.nanoTime();
            page.fill("#q", "s042");
            page.waitForCondition(() -> page.locator("#grid a[href^='/jobs/']").count() <= 15);
            show(
                    "typing into Find, until the grid has changed (300 ms of it are waited for the next key)",
                    millis(began));
        }
    }

    private void history(Connection nats, int oldest, int newest) throws Exception {
        for (int back = oldest; back >= newest; back--) {
            for (int host = 1; host <= HOSTS; host++) {
                for (int service = 0; service < SERVICES; service++) {
                    for (var destination : DESTINATIONS) {
                        night(nats, new Target("host" + host, "s%03d".formatted(service), destination), back);
                    }
                }
            }
        }
    }

    /** All three states of a night where they are read; else its end alone, to spare the disk. */
    private void night(Connection nats, Target target, int back) throws Exception {
        var at = slot.minus(Duration.ofDays(back)).plusSeconds(300 + Math.floorMod(target.hashCode(), 6000));
        var job =
                JobId.backup(new NightId(at.atZone(ZoneOffset.UTC).toLocalDate().toString()), target);
        if (back < FORTNIGHT || target.service().equals("s042")) {
            publish(nats, new JobStatus.Queued(job, at.minusSeconds(60), 0, at.minusSeconds(30), Optional.empty()));
            publish(nats, new JobStatus.Running(job, at.minusSeconds(30), 1, "worker-" + target.host()));
        }
        publish(nats, new JobStatus.Succeeded(job, at, 1, "worker-" + target.host(), result(back)));
    }

    private static RunResult.Backup result(int back) {
        long bytes = (4L << 30) - back * (1L << 20);
        return new RunResult.Backup(
                "%064x".formatted(back + 1),
                3,
                17,
                12_000,
                0,
                2,
                900,
                40,
                9,
                20L << 20,
                12L << 20,
                12_020,
                bytes,
                41.5 + back % 7,
                Optional.empty(),
                Optional.empty());
    }

    /** Without waiting for each; the stream keeps their order, so when the last of some is kept, all are. */
    private void publish(Connection nats, JobStatus status) throws Exception {
        if (++sent % AT_ONCE == 0) {
            nats.jetStream(JetStreamOptions.builder().requestTimeout(LIMIT).build())
                    .publish(status.subject(), Wire.write(status));
        } else {
            nats.publish(status.subject(), Wire.write(status));
        }
    }

    private static long count(Connection nats) throws Exception {
        return nats.jetStreamManagement()
                .getStreamInfo(Subjects.STATUS_STREAM)
                .getStreamState()
                .getMsgCount();
    }

    private Path fleet(Path folder) throws IOException {
        var services = IntStream.range(0, SERVICES).mapToObj("s%03d"::formatted).toList();
        var ofHosts = new LinkedHashMap<String, List<String>>();
        for (int host = 1; host <= HOSTS; host++) {
            ofHosts.put("host" + host, services);
        }
        return MeasuredScheduler.fleet(folder, LocalTime.ofInstant(slot, ZoneOffset.UTC), DESTINATIONS, ofHosts);
    }

    private static String millis(long began) {
        return (System.nanoTime() - began) / 1_000_000 + " ms";
    }

    private static void show(String what, String figure) {
        System.out.println("| " + what + " | " + figure + " |");
    }
}
