package io.nightshift.it.fault;

import io.nightshift.it.fault.judge.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that runs: the services, nats-server and restic. */
final class Machine implements AutoCloseable {
    static final String SCHEDULER = "scheduler";
    static final String SNAPSHOTS = "snapshot-service";
    static final String WORKER = "backup-worker";
    static final String NOTIFIER = "notifier";
    static final List<String> SERVICES = List.of(NOTIFIER, SCHEDULER, SNAPSHOTS, WORKER);

    private final Path folder;
    private final Site site;
    private final BusServer bus;
    private final PhoneServer phone;
    private final ResticWrapper restic;
    private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();
    private final Map<String, Forwarder> waysToBus = new LinkedHashMap<>();
    private final List<Entry> deeds = new CopyOnWriteArrayList<>();

    /** @param folder with the fleet file; for all that the services keep */
    Machine(Path folder, Site site, BusServer bus, PhoneServer phone) throws Exception {
        this.folder = folder;
        this.site = site;
        this.bus = bus;
        this.phone = phone;
        restic = new ResticWrapper(folder);
        for (var service : SERVICES) {
            processes.put(service, process(service, service, Map.of()));
        }
        processes.values().forEach(ServiceProcess::awaitReady);
    }

    private ServiceProcess process(String name, String module, Map<String, String> more) throws IOException {
        var way = new Forwarder(bus.port());
        waysToBus.put(name, way);
        var settings = Settings.of(module, folder, "nats://127.0.0.1:" + way.port(), phone.url(), restic.script());
        settings.putAll(site.settings());
        settings.putAll(module.equals(WORKER) ? site.workerSettings() : Map.of());
        settings.putAll(more);
        return new ServiceProcess(name, module, folder, settings, site.environment());
    }

    BusServer bus() {
        return bus;
    }

    ResticWrapper restic() {
        return restic;
    }

    ServiceProcess service(String name) {
        return processes.get(name);
    }

    /** Its connection of now to the bus stays open, and nothing passes any more. */
    void freezeConnection(String name) {
        waysToBus.get(name).freeze();
    }

    /** Another process of a service, until the fault is over. */
    ServiceProcess another(String module, Map<String, String> settings) throws IOException {
        var name = module + "-" + processes.size();
        var process = process(name, module, settings);
        processes.put(name, process);
        process.awaitReady();
        return process;
    }

    void kill(String... names) {
        for (var name : names) {
            deeds.add(new Entry.Killed(Instant.now(), name));
            unchecked(() -> service(name).kill());
        }
    }

    /** Restic lives on. */
    void killAlone(String name) throws InterruptedException {
        deeds.add(new Entry.Killed(Instant.now(), name));
        service(name).killAlone();
    }

    void start(String... names) {
        for (var name : names) {
            unchecked(() -> service(name).restart());
        }
        for (var name : names) {
            service(name).awaitReady();
        }
    }

    /** As a loss of power does. */
    void killAll() throws InterruptedException {
        kill(processes.keySet().toArray(String[]::new));
        restic.killAll();
        bus.kill();
    }

    void startAll() throws IOException {
        bus.restart();
        start(processes.keySet().toArray(String[]::new));
    }

    /** As a laptop does when its lid is closed. */
    void sleep() throws IOException, InterruptedException {
        for (var process : processes.values()) {
            process.signal("STOP");
        }
        bus.freeze();
    }

    void wake() throws IOException, InterruptedException {
        bus.thaw();
        for (var process : processes.values()) {
            process.signal("CONT");
        }
    }

    /**
     * As when a disk is replaced.
     *
     * @param between when nothing is left, and nothing new is there
     */
    void loseStore(Runnable between) throws IOException, InterruptedException {
        bus.kill();
        bus.forget();
        deeds.add(new Entry.StoreLost(Instant.now()));
        between.run();
        bus.restart();
    }

    /** What was done to it. */
    List<Entry> deeds() {
        return List.copyOf(deeds);
    }

    /** As it was before the fault. */
    void mend() throws Exception {
        restic.letGo();
        bus.thaw();
        waysToBus.values().forEach(Forwarder::mend);
        for (var name : List.copyOf(processes.keySet())) {
            if (!SERVICES.contains(name)) {
                processes.remove(name).stop();
            } else if (!service(name).isAlive()) {
                start(name);
            }
        }
    }

    void keepLogs(Path to) throws IOException {
        Files.createDirectories(to);
        for (var name : processes.keySet()) {
            var log = name + ".log";
            Files.copy(folder.resolve(log), to.resolve(log), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private interface Step {
        void take() throws Exception;
    }

    private static void unchecked(Step step) {
        try {
            step.take();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        for (var process : processes.values()) {
            process.kill();
        }
        restic.killAll();
        waysToBus.values().forEach(Forwarder::close);
        bus.close();
    }
}
