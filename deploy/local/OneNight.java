import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.AckPolicy;
import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.event.StartNight;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.InvalidFleetException;
import io.nightshift.nats.ConnectionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Starts a night of one host at once, waits until every job of it has ended, and prints a table of them. Ends with 0 only if all
 * succeeded, else with 1. Run by {@code up --once} as a source file; arguments: the fleet file, the host.
 */
public final class OneNight {
    private static final Duration READERS_LIMIT = Duration.ofMinutes(1);
    private static final String ROW = "%-16s %-14s %-12s %9s %11s %8s  %s%n";

    private final Fleet fleet;
    private final String host;
    private final SortedSet<Target> planned;
    private final SortedMap<Target, JobStatus> ends = new TreeMap<>();

    private OneNight(Fleet fleet, String host) {
        this.fleet = fleet;
        this.host = host;
        this.planned = fleet.backups()
                .filter(backup -> backup.enabled() && backup.target().host().equals(host))
                .map(backup -> backup.target())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public static void main(String[] arguments) throws Exception {
        try {
            var night = new OneNight(FleetFile.read(Path.of(arguments[0]), System.getenv()), arguments[1]);
            System.exit(night.run() ? 0 : 1);
        } catch (InvalidFleetException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private boolean run() throws Exception {
        if (planned.isEmpty()) {
            System.err.println("host " + host + " of " + fleet.file() + " has nothing to back up: no service is enabled");
            return false;
        }
        try (var nats = Nats.connect(ConnectionOptions.of(System.getenv())
                .connectionName("up --once")
                .build())) {
            var statuses = nats.subscribe(Subjects.STATUSES);
            nats.flush(Duration.ofSeconds(10));
            var night = start(nats);
            System.err.printf("night %s of host %s: %d jobs%n", night, host, planned.size());
            while (ends.size() < planned.size()) {
                var message = statuses.nextMessage(Duration.ofMinutes(1));
                if (message != null) {
                    note(night, message);
                }
            }
            awaitReaders(nats.jetStreamManagement());
        }
        print();
        return ends.values().stream().allMatch(JobStatus.Succeeded.class::isInstance);
    }

    /** The id of a night comes from the time at which the stream got the message, for every reader alike. */
    private NightId start(Connection nats) throws Exception {
        var command = new StartNight(Optional.empty(), Optional.empty(), Optional.empty(), List.of(host));
        var ack = nats.jetStream().publish(Subjects.NIGHT_START, Wire.write(command));
        var stored = nats.jetStreamManagement().getMessage(Subjects.EVENTS_STREAM, ack.getSeqno());
        return command.resolve(stored.getTime().toInstant(), fleet.schedule().zone()).id();
    }

    private void note(NightId night, Message message) {
        var status = Wire.read(message.getData(), JobStatus.class);
        JobId job = status.job();
        if (!job.night().equals(night) || !planned.contains(job.target())) {
            return;
        }
        System.err.printf(
                "%tT %s/%s: %s%s%n",
                status.at().atZone(fleet.schedule().zone()),
                job.target().service(),
                job.target().destination(),
                status.state(),
                status.problem().map(problem -> ", " + problem.message()).orElse(""));
        if (status.isFinal()) {
            ends.put(job.target(), status);
        }
    }

    /**
     * Until everyone who follows the states has dealt with the last one: above all the notifier, which may have a phone to tell.
     * Who has looked something up leaves a reader without acknowledgements behind, which is nobody.
     */
    private static void awaitReaders(JetStreamManagement management) throws Exception {
        var deadline = Instant.now().plus(READERS_LIMIT);
        while (management.getConsumers(Subjects.STATUS_STREAM).stream()
                .filter(reader -> reader.getConsumerConfiguration().getAckPolicy() == AckPolicy.Explicit)
                .anyMatch(reader -> reader.getNumPending() + reader.getNumAckPending() > 0)) {
            if (Instant.now().isAfter(deadline)) {
                System.err.println("not everyone has read the results yet; what is left is read at the next start");
                return;
            }
            Thread.sleep(200);
        }
    }

    private void print() {
        System.out.printf(ROW, "SERVICE", "DESTINATION", "STATE", "FILES", "ADDED", "TOOK", "SNAPSHOT OR CAUSE");
        ends.forEach((target, status) -> {
            var backup = status.outcome().map(RunResult.Backup.class::cast);
            System.out.printf(
                    ROW,
                    target.service(),
                    target.destination(),
                    status.state(),
                    backup.map(b -> String.valueOf(b.filesProcessed())).orElse("-"),
                    backup.map(b -> size(b.bytesAddedPacked())).orElse("-"),
                    backup.map(b -> String.format(Locale.ROOT, "%.1f s", b.durationSeconds())).orElse("-"),
                    status.problem().map(p -> p.cause().word()).orElseGet(() -> backup.map(b -> b.snapshot().substring(0, 8))
                            .orElse("-")));
        });
        ends.forEach((target, status) -> status.problem().ifPresent(problem -> explain(target, status, problem)));
    }

    private static void explain(Target target, JobStatus status, Failure problem) {
        System.out.printf("%n%s %s: %s%n", target, status.state(), problem.message());
        problem.paths().forEach(path -> System.out.println("  " + path));
        if (!problem.advice().isEmpty()) {
            System.out.println("  What to do: " + problem.advice());
        }
    }

    private static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1024 * 1024
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
    }
}
