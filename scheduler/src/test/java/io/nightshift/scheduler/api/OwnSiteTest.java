package io.nightshift.scheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnSiteTest {
    private final OwnSite site = new OwnSite(List.of("backup.example.org"));

    @ParameterizedTest
    @CsvSource({
        "GET, localhost:8081,,",
        "GET, 127.0.0.1:8081, http://evil.example, cross-site",
        "GET, [::1]:8081,,",
        "GET, Backup.Example.org,,",
        "POST, localhost:8081,,",
        "POST, localhost:8081, http://localhost:8081, same-origin",
        "POST, localhost:8081,, none"
    })
    void what_is_ours_is_taken(String method, String host, String origin, String from) {
        assertThat(refusal(method, host, origin, from)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, evil.example:8081,,",
        "GET, 127.evil.example:8081,,",
        "POST, evil.example:8081, http://evil.example:8081, same-origin",
        "POST, localhost:8081, http://evil.example, cross-site",
        "POST, localhost:8081, http://evil.example,",
        "POST, localhost:8081, http://localhost:9999, same-site",
        "POST, localhost:8081, http://localhost:9999,",
        "POST, localhost:8081, null,",
        "DELETE, localhost:8081,, cross-site"
    })
    void what_another_site_makes_a_browser_send_is_refused(String method, String host, String origin, String from) {
        assertThat(refusal(method, host, origin, from)).isPresent();
    }

    @Test
    void a_request_without_a_host_is_refused() {
        assertThat(site.refusal("GET", Optional.empty(), Optional.empty(), Optional.empty()))
                .isPresent();
    }

    private Optional<String> refusal(String method, String host, String origin, String from) {
        return site.refusal(method, Optional.of(host), Optional.ofNullable(origin), Optional.ofNullable(from));
    }
}
