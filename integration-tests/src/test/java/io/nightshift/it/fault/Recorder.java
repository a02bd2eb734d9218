package io.nightshift.it.fault;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.MessageGetRequest;
import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.it.Tree;
import io.nightshift.it.fault.judge.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Reads from the streams what the services said, over all outages, and looks at each view as soon as it is announced. */
final class Recorder implements AutoCloseable {
    private static final int NO_MESSAGE_FOUND = 10037;
    private static final Map<String, String> READ = Map.of(
            Subjects.NIGHT_START, Subjects.EVENTS_STREAM,
            Subjects.SNAPSHOTS, Subjects.EVENTS_STREAM,
            Subjects.STATUSES, Subjects.STATUS_STREAM,
            Subjects.UPKEEPS, Subjects.STATUS_STREAM);

    private final Connection nats;
    private final Map<String, Path> services;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final Map<String, Long> next = new HashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "recorder");
        thread.setDaemon(true);
        return thread;
    });

    /** @param services where the data of each is on the host */
    Recorder(String url, Map<String, Path> services) throws IOException, InterruptedException {
        this.services = services;
        nats = Nats.connect(new Options.Builder()
                .server(url)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(200))
                .connectionTimeout(Duration.ofSeconds(2))
                .errorListener(new io.nats.client.ErrorListener() {}) // outages are the test's own
                .build());
        executor.scheduleWithFixedDelay(this::tryToCollect, 100, 100, TimeUnit.MILLISECONDS);
    }

    Connection connection() {
        return nats;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Runs once, on a thread of the connection, at the next message on the bus that fits. */
    void atNext(String subject, Predicate<String> body, Runnable action) throws Exception {
        var dispatcher = nats.createDispatcher();
        var done = new java.util.concurrent.atomic.AtomicBoolean();
        dispatcher.subscribe(subject, message -> {
            if (body.test(new String(message.getData(), StandardCharsets.UTF_8)) && done.compareAndSet(false, true)) {
                action.run();
                dispatcher.unsubscribe(subject);
            }
        });
        nats.flush(Duration.ofSeconds(5));
    }

    private void tryToCollect() {
        try {
            collect();
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            // The server is away: again at the next look.
        }
    }

    /** Everything that the streams have by now. */
    synchronized void collect() throws IOException, JetStreamApiException {
        for (var subject : READ.keySet()) {
            while (readOne(subject)) {
                // until there is no more
            }
        }
    }

    private boolean readOne(String subject) throws IOException, JetStreamApiException {
        var stream = READ.get(subject);
        try {
            var message = nats.jetStreamManagement()
                    .getMessage(stream, MessageGetRequest.nextForSubject(next.getOrDefault(subject, 1L), subject));
            next.put(subject, message.getSeq() + 1);
            var body = message.getData() == null ? new byte[0] : message.getData();
            look(message.getSubject(), body);
            entries.add(new Entry.Bus(
                    message.getTime().toInstant(),
                    stream,
                    message.getSeq(),
                    message.getSubject(),
                    new String(body, StandardCharsets.UTF_8)));
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_MESSAGE_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** The store was deleted: the sequences begin anew. */
    synchronized void startAnew() {
        next.clear();
    }

    private void look(String subject, byte[] body) throws IOException {
        if (!subject.endsWith(".ready")) {
            return;
        }
        try {
            var ready = Wire.read(body, SnapshotEvent.Ready.class);
            var view = Path.of(ready.source().view().orElseThrow());
            var trees = new HashMap<String, String>();
            for (var service : services.entrySet()) {
                var tree = view.resolve(service.getValue().toString().substring(1));
                if (Files.exists(tree)) {
                    trees.put(service.getKey(), treeOf(tree));
                }
            }
            if (Files.exists(view)) {
                entries.add(new Entry.View(ready.at(), ready.host(), ready.night(), trees));
            }
        } catch (MalformedMessageException | java.util.NoSuchElementException strangers) {
            // Not of the snapshot-service; that it is refused is what the storm tests.
        }
    }

    /** A short text that is the same only for the same names, types, modes, owners, times and contents. */
    static String treeOf(Path root) throws IOException {
        var tree = Tree.of(root);
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(tree.toString().getBytes(StandardCharsets.UTF_8));
            return tree.size() + " files, " + HexFormat.of().formatHex(digest, 0, 12);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        executor.shutdownNow();
        nats.close();
    }
}
