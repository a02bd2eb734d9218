package io.nightshift.telemetry.log;

import io.nightshift.contract.JobId;
import java.util.Optional;

/**
 * While it is open, the lines that its thread logs are about a job. Not by the MDC: Quarkus keeps that with the context of Vert.x, and
 * where a handler has none of its own, each look at it is at a new one (VertxMDC of Quarkus 3.34).
 */
public final class JobLine implements AutoCloseable {
    private static final ThreadLocal<Optional<JobId>> CURRENT = ThreadLocal.withInitial(Optional::empty);

    public static JobLine of(JobId job) {
        var line = new JobLine();
        line.about(job);
        return line;
    }

    static Optional<JobId> current() {
        return CURRENT.get();
    }

    /** For what is known a little later; until then the lines are about none. */
    public void about(JobId job) {
        CURRENT.set(Optional.of(job));
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
