package io.nightshift.it.fault;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageGetRequest;
import io.nats.client.api.StreamInfoOptions;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Rejected;
import io.nightshift.it.fault.judge.Entry;
import io.nightshift.it.fault.judge.History;
import io.nightshift.it.fault.judge.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One host with two services and two destinations, and everything that backs it up, as processes of this machine. */
final class Stage implements AutoCloseable {
    static final String SCHEDULER = "scheduler";
    static final String SNAPSHOTS = "snapshot-service";
    static final String WORKER = "backup-worker";
    static final String NOTIFIER = "notifier";
    static final Target FILES_TO_DISK = Target.parse("here/files/disk");

    private static final List<String> SERVICES = List.of(NOTIFIER, SCHEDULER, SNAPSHOTS, WORKER);
    static final List<Target> TARGETS =
            List.of(FILES_TO_DISK, Target.parse("here/files/stick"), Target.parse("here/notes/disk"));
    private static final List<String> STREAMS =
            List.of(Subjects.EVENTS_STREAM, Subjects.REQUESTS_STREAM, Subjects.JOBS_STREAM, Subjects.STATUS_STREAM);
    /** Scheduler 4, snapshot-service 2, worker 2, notifier 2. */
    private static final int CONSUMERS = 10;

    /** The bus may be flooded. */
    private static final JetStreamOptions PATIENT =
            JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(60)).build();

    private static final Duration NIGHT_LIMIT = Duration.ofSeconds(150);
    private static final Duration TELLING_LIMIT = Duration.ofSeconds(20);

    private final Path folder;
    private final Instant begun = Instant.now();
    private final BusServer bus;
    private final PhoneServer phone;
    private final ResticWrapper restic;
    private final Recorder recorder;
    private final Repositories repositories;
    private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();
    private final List<Entry> killed = new CopyOnWriteArrayList<>();
    private int nights;

    Stage(Path folder) throws Exception {
        this.folder = folder;
        writeData();
        bus = new BusServer(folder.resolve("bus"));
        phone = new PhoneServer();
        restic = new ResticWrapper(folder);
        var services = Map.of("files", data("files"), "notes", data("notes"));
        recorder = new Recorder(bus.url(), services);
        var places = new LinkedHashMap<Target, Path>();
        TARGETS.forEach(target -> places.put(target, repository(target)));
        repositories = new Repositories(folder, places, services);
        for (var service : SERVICES) {
            processes.put(service, process(service, service, Map.of()));
        }
        processes.values().forEach(ServiceProcess::awaitReady);
    }

    private void writeData() throws IOException {
        for (int i = 0; i < 200; i++) {
            var file = data("files").resolve("Ordner ü/" + i % 10 + "/file " + i);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content " + i);
        }
        Files.createDirectories(data("notes"));
        Files.writeString(data("notes").resolve("note"), "worth keeping");
        Files.createDirectories(folder.resolve("disk"));
        Files.createDirectories(folder.resolve("stick"));
        io.nightshift.it.Programs.secret(folder.resolve("password"), "right");
        var far = LocalTime.now(ZoneOffset.UTC).plusHours(12).format(DateTimeFormatter.ofPattern("HH:mm"));
        Files.writeString(folder.resolve("backups.yaml"), """
                backup:
                  schedule: { at: "FAR", zone: UTC }
                  timeout: 20s
                  upkeep: { forget: never, check: never }
                  destinations:
                    disk: { repository: "FOLDER/disk/{host}/{service}", password-file: "FOLDER/password" }
                    stick: { repository: "FOLDER/stick/{host}/{service}", password-file: "FOLDER/password" }
                  hosts:
                    here:
                      purpose: development # nothing is said of notes, which go to one destination only
                      snapshot: copy
                      services:
                        files: { paths: ["FOLDER/data/files"] }
                        notes: { paths: ["FOLDER/data/notes"], destinations: { stick: { enabled: false } } }
                """.replace("FOLDER", folder.toString())
                .replace("FAR", far));
    }

    private ServiceProcess process(String name, String module, Map<String, String> more) throws IOException {
        var settings = Settings.of(module, folder, bus.url(), phone.url(), restic.script());
        settings.putAll(more);
        return new ServiceProcess(name, module, folder, settings);
    }

    Path data(String service) {
        return folder.resolve("data").resolve(service);
    }

    Path destination(String name) {
        return folder.resolve(name);
    }

    Path repository(Target target) {
        return folder.resolve(target.destination()).resolve(target.host()).resolve(target.service());
    }

    BusServer bus() {
        return bus;
    }

    PhoneServer phone() {
        return phone;
    }

    ResticWrapper restic() {
        return restic;
    }

    Recorder recorder() {
        return recorder;
    }

    Repositories repositories() {
        return repositories;
    }

    /** Asks for a night, as a person does; each finds other data than the one before. */
    NightId begin() throws Exception {
        Files.writeString(data("files").resolve("night"), "data of night " + ++nights);
        if (Files.exists(data("notes"))) {
            Files.writeString(data("notes").resolve("night"), "data of night " + nights);
        }
        var ack = recorder.connection().jetStream(PATIENT).publish(Subjects.NIGHT_START, "{}".getBytes());
        var stored = recorder.connection().jetStreamManagement().getMessage(Subjects.EVENTS_STREAM, ack.getSeqno());
        return NightId.manual(stored.getTime().toInstant(), ZoneOffset.UTC);
    }

    /** Another process of a service, until the fault is over. */
    ServiceProcess another(String module, Map<String, String> settings) throws IOException {
        var name = module + "-" + processes.size();
        var process = process(name, module, settings);
        processes.put(name, process);
        process.awaitReady();
        return process;
    }

    ServiceProcess service(String name) {
        return processes.get(name);
    }

    void kill(String... names) {
        for (var name : names) {
            killed.add(new Entry.Killed(Instant.now(), name));
            unchecked(() -> service(name).kill());
        }
    }

    /** Restic lives on. */
    void killAlone(String name) throws InterruptedException {
        killed.add(new Entry.Killed(Instant.now(), name));
        service(name).killAlone();
    }

    void killMachine() throws InterruptedException {
        kill(processes.keySet().toArray(String[]::new));
        restic.killAll();
        bus.kill();
    }

    void start(String... names) {
        for (var name : names) {
            unchecked(() -> service(name).restart());
        }
        for (var name : names) {
            service(name).awaitReady();
        }
    }

    void startMachine() throws IOException {
        bus.restart();
        start(processes.keySet().toArray(String[]::new));
    }

    interface Step {
        void take() throws Exception;
    }

    private static void unchecked(Step step) {
        try {
            step.take();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until every job of these nights has ended and restic is quiet, or the time is up, which the judge then says. */
    void awaitEnds(NightId... ofNights) {
        awaitOrGoOn(
                NIGHT_LIMIT,
                () -> restic.isQuiet() && List.of(ofNights).stream().allMatch(this::hasEnded));
    }

    private boolean hasEnded(NightId night) {
        return TARGETS.stream()
                .allMatch(target -> ends().stream()
                        .anyMatch(end -> end.job().night().equals(night)
                                && end.job().target().equals(target)));
    }

    private static void awaitOrGoOn(Duration limit, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(100))
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            // What is missing is for the judge to say.
        }
    }

    /** Whether a job of that night was not done, for that cause, and is to be tried again. */
    boolean heard(String cause, NightId night) {
        return recorder.entries().stream()
                .filter(Entry.Bus.class::isInstance)
                .map(entry -> ((Entry.Bus) entry).body())
                .anyMatch(body -> body.contains("\"cause\":\"" + cause + "\"") && body.contains(night + "/"));
    }

    void awaitView(NightId night) {
        Awaitility.await("the view of " + night)
                .atMost(Duration.ofSeconds(60))
                .until(() -> recorder.entries().stream()
                        .anyMatch(entry ->
                                entry instanceof Entry.View view && view.night().equals(night)));
    }

    /** After the store was lost: until the services have made their streams and consumers anew. */
    void awaitStreams() {
        Awaitility.await("the consumers to be made anew")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> consumers().size() == CONSUMERS);
    }

    private List<ConsumerInfo> consumers() throws IOException, JetStreamApiException {
        var management = recorder.connection().jetStreamManagement();
        var all = new ArrayList<ConsumerInfo>();
        for (var stream : STREAMS) {
            management.getConsumers(stream).stream()
                    .filter(consumer -> consumer.getConsumerConfiguration().getDurable() != null)
                    .forEach(all::add);
        }
        return all;
    }

    /** Whether every message has been read and answered. */
    boolean isCalm() throws IOException, JetStreamApiException {
        return consumers().stream()
                .allMatch(consumer -> consumer.getNumPending() == 0 && consumer.getNumAckPending() == 0);
    }

    Rejected lastRejected() throws IOException, JetStreamApiException {
        var message = recorder.connection()
                .jetStreamManagement()
                .getMessage(Subjects.EVENTS_STREAM, MessageGetRequest.lastForSubject(Subjects.REJECTED));
        return Wire.read(message.getData(), Rejected.class);
    }

    long rejections() throws IOException, JetStreamApiException {
        return recorder.connection()
                .jetStreamManagement()
                .getStreamInfo(Subjects.EVENTS_STREAM, StreamInfoOptions.filterSubjects(Subjects.REJECTED))
                .getStreamState()
                .getSubjectMap()
                .get(Subjects.REJECTED);
    }

    List<JobStatus> ends() {
        return new History(recorder.entries()).heardEnds();
    }

    /** How the jobs ended that were not among these before: {@code 2 succeeded, 1 failed}. */
    String outcome(List<JobStatus> before) {
        var counts = new TreeMap<String, Integer>();
        ends().stream().filter(end -> !before.contains(end)).forEach(end -> counts.merge(end.state(), 1, Integer::sum));
        return counts.isEmpty()
                ? "no job ended"
                : String.join(
                        ", ",
                        counts.entrySet().stream()
                                .map(count -> count.getValue() + " " + count.getKey())
                                .toList());
    }

    History history() throws IOException, InterruptedException {
        var entries = new ArrayList<Entry>();
        entries.add(new Entry.Fleet(begun, TARGETS));
        entries.addAll(recorder.entries());
        entries.addAll(restic.entries());
        entries.addAll(phone.messages());
        entries.addAll(killed);
        entries.addAll(repositories.contents());
        return new History(entries);
    }

    /** What the judge says when everything that is on its way had time to arrive. */
    List<String> judged() throws Exception {
        recorder.collect();
        awaitOrGoOn(TELLING_LIMIT, () -> Judge.broken(history()).isEmpty());
        return Judge.broken(history());
    }

    /** Everything as it was before the fault. */
    void mend() throws Exception {
        restic.letGo();
        phone.outOfOrder(false);
        bus.thaw();
        for (var name : List.copyOf(processes.keySet())) {
            if (!SERVICES.contains(name)) {
                processes.remove(name).stop();
            } else if (!service(name).isAlive()) {
                start(name);
            }
        }
    }

    /** For somebody who looks for the reason. */
    void keepLogs(Path to) throws IOException {
        Files.createDirectories(to);
        for (var name : processes.keySet()) {
            var log = folder.resolve(name + ".log");
            Files.copy(log, to.resolve(name + ".log"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws Exception {
        for (var process : processes.values()) {
            process.kill();
        }
        restic.killAll();
        recorder.close();
        bus.close();
        phone.close();
    }
}
