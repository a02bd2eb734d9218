import io.nats.client.Nats;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.nats.ConnectionOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Starts a night and prints how each of its jobs has ended, as the message on the bus that told it. Run by {@code zfs-night} as a source
 * file, with the settings of the user {@code operator} in its environment; argument: the number of jobs to wait for.
 */
public final class FollowNight {
    /** From one end to the next, in a VM whose processor is emulated. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    public static void main(String[] arguments) throws Exception {
        int jobs = Integer.parseInt(arguments[0]);
        try (var nats = Nats.connect(ConnectionOptions.of(System.getenv()).build())) {
            var statuses = nats.subscribe(Subjects.STATUSES);
            nats.flush(LIMIT);
            nats.jetStream().publish(Subjects.NIGHT_START, new byte[0]);
            while (jobs > 0) {
                var message = statuses.nextMessage(LIMIT);
                if (message == null) {
                    throw new IllegalStateException("no job has told anything for " + LIMIT + "; " + jobs + " have not ended");
                }
                if (Wire.read(message.getData(), JobStatus.class).isFinal()) {
                    System.out.println(new String(message.getData(), StandardCharsets.UTF_8));
                    jobs--;
                }
            }
        }
    }
}
