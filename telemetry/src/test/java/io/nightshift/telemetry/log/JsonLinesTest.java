package io.nightshift.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.contract.JobId;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static final JobId JOB = JobId.parse("2026-04-17/daedalus/prowlarr/local");

    private final JsonLines lines = new JsonLines("scheduler");

    @Test
    void a_line_is_one_object_whatever_is_in_the_message() throws Exception {
        var line = lines.format(record("two\nlines and a \"quote\""));

        assertThat(line).endsWith("}\n").hasLineCount(1);
        assertThat(read(line).get("message").asText()).isEqualTo("two\nlines and a \"quote\"");
        assertThat(read(line).get("level").asText()).isEqualTo("INFO");
        assertThat(read(line).get("service").asText()).isEqualTo("scheduler");
        assertThat(read(line).has("job")).isFalse();
    }

    @Test
    void the_job_that_a_line_names_is_a_field() throws Exception {
        var record = record("released job=%s due=%s");
        record.setParameters(new Object[] {JOB, "now"});

        var line = read(lines.format(record));

        assertThat(line.get("job").asText()).isEqualTo(JOB.toString());
        assertThat(line.get("message").asText()).isEqualTo("released job=" + JOB + " due=now");
    }

    @Test
    void the_job_that_the_thread_is_at_is_a_field_and_one_that_the_line_names_comes_before_it() throws Exception {
        var other = JobId.parse("2026-04-17/daedalus/lidarr/local");
        var record = record("released job=%s");
        try (var line = JobLine.of(other)) {
            assertThat(read(lines.format(record)).get("job").asText()).isEqualTo(other.toString());

            record.setParameters(new Object[] {JOB});

            assertThat(read(lines.format(record)).get("job").asText()).isEqualTo(JOB.toString());
        }
        record.setParameters(new Object[0]);
        assertThat(read(lines.format(record)).has("job")).isFalse();
    }

    @Test
    void an_exception_is_there_with_its_cause() throws Exception {
        var record = record("failed");
        record.setThrown(new IllegalStateException("outer", new RuntimeException("inner")));

        assertThat(read(lines.format(record)).get("stackTrace").asText()).contains("outer", "inner", "JsonLinesTest");
    }

    private static ExtLogRecord record(String message) {
        return new ExtLogRecord(Level.INFO, message, FormatStyle.PRINTF, JsonLinesTest.class.getName());
    }

    private static JsonNode read(String line) throws Exception {
        return new ObjectMapper().readTree(line);
    }
}
