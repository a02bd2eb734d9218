package io.nightshift.scheduler.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.plan.SwitchedOff;
import io.nightshift.scheduler.Fleets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpansionTest {
    private Fleet fleet;

    @BeforeEach
    void read(@TempDir Path directory) throws IOException {
        fleet = Fleets.of(
                directory, Fleets.destination("local", "") + Fleets.destination("remote", ", enabled: false"), """
                    daedalus:
                      datasets: [rpool/persist]
                      services:
                        lidarr: { paths: [/persist/lidarr] }
                        prowlarr: { paths: [/persist/prowlarr], enabled: false }
                    laptop:
                      purpose: development
                      enabled: false
                      snapshot: copy
                      services:
                        notes: { paths: [/home/me/notes] }
                """);
    }

    private List<String> expand(String names) {
        return Expansion.of(fleet, "backup.request." + names).stream()
                .map(backup -> backup.target().toString())
                .toList();
    }

    @Test
    void what_is_named_in_full_runs_though_it_is_switched_off() {
        assertThat(expand("daedalus.prowlarr.remote")).containsExactly("daedalus/prowlarr/remote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--option", "-v", "a/b", "$(id)", "%2f", "A"})
    void a_name_that_looks_like_an_option_or_a_path_is_refused(String name) {
        assertThatThrownBy(() -> expand("daedalus." + name + ".local"))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void all_leaves_out_what_is_switched_off() {
        assertThat(expand("all.all.all")).containsExactly("daedalus/lidarr/local");
        assertThat(expand("daedalus.lidarr.all")).containsExactly("daedalus/lidarr/local");
    }

    @Test
    void an_unknown_name_is_refused_with_what_is_known() {
        assertThatThrownBy(() -> expand("icarus.all.all"))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("no host 'icarus'")
                .hasMessageContaining("daedalus, laptop");
        assertThatThrownBy(() -> expand("daedalus.notes.all"))
                .hasMessageContaining("known: lidarr, prowlarr, or 'all'");
        assertThatThrownBy(() -> expand("all.all.tape")).hasMessageContaining("known: local, remote");
    }

    @Test
    void a_subject_that_is_no_request_or_stands_for_nothing_is_refused() {
        assertThatThrownBy(() -> expand("daedalus")).isInstanceOf(RefusedRequestException.class);
        assertThatThrownBy(() -> expand("daedalus.LIDARR.local")).isInstanceOf(RefusedRequestException.class);
        assertThatThrownBy(() -> expand("all.all.remote")).hasMessageContaining("switched off");
    }

    @Test
    void each_thing_that_is_switched_off_is_warned_of_once_and_never_on_a_development_host() {
        assertThat(SwitchedOff.of(fleet)).extracting(SwitchedOff::about).containsExactly("remote", "daedalus/prowlarr");
    }
}
