package io.nightshift.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceContextTest {
    private static final NightId NIGHT = new NightId("2026-04-17");
    private static final TraceContext WHOLE = TraceContext.of(NIGHT, "daedalus");

    @Test
    void whoever_reads_of_a_night_knows_its_trace() {
        assertThat(WHOLE).isEqualTo(TraceContext.of(new NightId("2026-04-17"), "daedalus"));
        assertThat(WHOLE.header()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        // Another version of ours, and who stores traces, know it by these.
        assertThat(WHOLE.header()).isEqualTo("00-f9172df1eac1f4712fa9a693de417916-5af80ba78d26c55a-01");
    }

    @Test
    void another_host_or_night_is_another_trace() {
        assertThat(TraceContext.of(NIGHT, "icarus").traceId()).isNotEqualTo(WHOLE.traceId());
        assertThat(TraceContext.of(new NightId("2026-04-18"), "daedalus").traceId())
                .isNotEqualTo(WHOLE.traceId());
    }

    @Test
    void a_job_is_a_span_of_its_hosts_night_and_has_parts_of_its_own() {
        var job = TraceContext.of(JobId.backup(NIGHT, Target.parse("daedalus/prowlarr/local")));
        var other = TraceContext.of(JobId.backup(NIGHT, Target.parse("daedalus/prowlarr/remote")));

        assertThat(job.traceId()).isEqualTo(WHOLE.traceId());
        assertThat(job.spanId()).isNotEqualTo(WHOLE.spanId()).isNotEqualTo(other.spanId());
        assertThat(job.part("restic").spanId())
                .isNotEqualTo(job.spanId())
                .isNotEqualTo(other.part("restic").spanId());
    }
}
