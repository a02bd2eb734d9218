package io.nightshift.telemetry.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nightshift.contract.JobId;
import io.nightshift.contract.Wire;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * A JSON object for each line of the log: time, level, service, logger, message, the job that it is about, what the MDC has, and
 * of an exception its stack trace.
 */
final class JsonLines extends ExtFormatter {
    private final String service;

    JsonLines(String service) {
        this.service = service;
    }

    @Override
    public String format(ExtLogRecord record) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("timestamp", record.getInstant().toString());
        line.put("level", record.getLevel().getName());
        line.put("service", service);
        line.put("logger", String.valueOf(record.getLoggerName()));
        line.put("message", String.valueOf(formatMessage(record)));
        line.putAll(record.getMdcCopy());
        job(record).ifPresent(job -> line.put("job", job.toString()));
        Optional.ofNullable(record.getThrown()).ifPresent(thrown -> line.put("stackTrace", stackTrace(thrown)));
        return new String(Wire.write(line), UTF_8) + "\n";
    }

    /** A thread that looks after many jobs names each in the line itself: that one counts. */
    private static Optional<JobId> job(ExtLogRecord record) {
        return Stream.ofNullable(record.getParameters())
                .flatMap(Stream::of)
                .filter(JobId.class::isInstance)
                .map(JobId.class::cast)
                .findFirst()
                .or(JobLine::current);
    }

    private static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
