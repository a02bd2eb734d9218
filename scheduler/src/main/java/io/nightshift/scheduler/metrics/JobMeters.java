package io.nightshift.scheduler.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.fleet.Fleet;
import java.time.Duration;

/** Counts jobs as they end. Only those of the fleet file, so that the bus cannot make labels without an end. */
public final class JobMeters {
    private static final Duration[] LIMITS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(3),
        Duration.ofHours(6)
    };

    private final Fleet fleet;
    private final MeterRegistry registry;

    public JobMeters(Fleet fleet, MeterRegistry registry) {
        this.fleet = fleet;
        this.registry = registry;
    }

    public void ended(JobStatus end) {
        if (fleet.backup(end.job().target()).isEmpty()) {
            return;
        }
        var destination = end.job().target().destination();
        var work = end.job().work().word();
        Counter.builder("nightshift.jobs.ended")
                .description("Jobs that have ended")
                .tags("work", work, "destination", destination, "state", end.state(), "cause", cause(end))
                .register(registry)
                .increment();
        end.outcome().ifPresent(result -> finished(result, work, destination));
    }

    private void finished(RunResult result, String work, String destination) {
        Timer.builder("nightshift.job.duration")
                .description("How long restic ran, of jobs that it finished")
                .tags("work", work, "destination", destination)
                .serviceLevelObjectives(LIMITS)
                .register(registry)
                .record(Duration.ofMillis(Math.round(result.durationSeconds() * 1000)));
        if (result instanceof RunResult.Backup backup) {
            bytes("processed", "Data that restic has read", destination, backup.bytesProcessed());
            bytes("added", "New data, before compression", destination, backup.bytesAdded());
            bytes("stored", "New data, as it is stored", destination, backup.bytesAddedPacked());
        }
    }

    private void bytes(String what, String description, String destination, long bytes) {
        Counter.builder("nightshift.backup." + what)
                .description(description)
                .baseUnit("bytes")
                .tags("destination", destination)
                .register(registry)
                .increment(bytes);
    }

    static String cause(JobStatus end) {
        return end.problem().map(failure -> failure.cause().word()).orElse("");
    }
}
