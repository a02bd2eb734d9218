package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringIT {
    @TempDir
    Path work;

    @Test
    void rules_dashboard_and_documentation_fit_what_a_real_prometheus_scrapes() throws Exception {
        Programs.require("promtool", "prometheus", "jq", "curl", "restic", "nats-server", "setpriv", "openssl");
        var check = Programs.PROJECT.resolve("deploy/monitoring/check").toString();
        var ended = Programs.run(work.resolve("check.log"), Map.of(), Duration.ofMinutes(5), List.of(check));
        assertThat(ended.code()).as(ended.output()).isZero();
    }
}
