package io.nightshift.snapshot.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.fleet.Coverage;
import io.nightshift.contract.fleet.Host;
import io.nightshift.contract.fleet.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncoveredTest {
    @TempDir
    Path view;

    private final TreeMap<String, String> excluded = new TreeMap<>();

    @Test
    void folders_of_a_root_that_are_neither_in_nor_above_a_service_are_found() throws Exception {
        write("etc/ssh/key", "containers/prowlarr/config", "containers/neu/data", "Fotos ü/1.jpg", "loose");
        Files.createDirectories(view.resolve("empty"));

        assertThat(among(List.of(root("/persist")), "/persist/containers/prowlarr"))
                .containsExactly("/persist/Fotos ü", "/persist/containers/neu", "/persist/etc");
        assertThat(among(List.of(root("/persist")), "/persist")).isEmpty();
    }

    @Test
    void what_need_not_be_backed_up_is_left_out_and_the_rest_around_it_is_not() throws Exception {
        write("var/cache/x", "var/lib/x", "tmp/x");
        excluded.put("/persist/var/cache", "can be downloaded again");
        excluded.put("/persist/tmp", "nothing is kept");

        assertThat(among(List.of(root("/persist")))).containsExactly("/persist/var/lib");
        excluded.put("/persist", "a test machine");
        assertThat(among(List.of(root("/persist")))).isEmpty();
    }

    @Test
    void an_exclusion_above_a_service_is_for_all_but_the_service() throws Exception {
        write("containers/prowlarr/x", "containers/other/x");
        excluded.put("/persist/containers", "only prowlarr matters");

        assertThat(among(List.of(root("/persist")), "/persist/containers/prowlarr"))
                .isEmpty();
    }

    @Test
    void a_dataset_below_is_one_thing_and_its_place_is_not_a_folder_of_the_one_above() throws Exception {
        write("containers/sonarr/x", "containers/radarr/x", "media/film");
        List<Place> places = List.of(
                root("/persist"),
                place("rpool/persist/sonarr", "/persist/containers/sonarr"),
                place("rpool/persist/radarr", "/persist/containers/radarr"),
                place("rpool/media", "/persist/media"));

        assertThat(among(places, "/persist/containers/sonarr")).containsExactly("rpool/media", "rpool/persist/radarr");
        excluded.put("rpool/persist", "the dataset and all below");
        assertThat(among(places)).containsExactly("rpool/media");
        excluded.put("/persist/media", "by the path");
        assertThat(among(places)).isEmpty();
    }

    @Test
    void a_dataset_that_leads_to_a_service_is_looked_into() throws Exception {
        write("media/films/x", "media/music/x");

        assertThat(among(List.of(place("rpool/media", "/persist/media")), "/persist/media/films"))
                .containsExactly("/persist/media/music");
    }

    @Test
    void a_dataset_that_is_mounted_nowhere_counts_if_it_has_data() {
        List<Place> places = List.of(
                new Place("rpool/vm", Optional.empty(), Optional.empty(), false, true),
                new Place("rpool/group", Optional.empty(), Optional.empty(), false, false),
                new Place("rpool/locked", Optional.of(Path.of("/locked")), Optional.empty(), false, true));

        assertThat(among(places, "/locked/app")).containsExactly("rpool/locked", "rpool/vm");
        assertThat(among(places, "/locked")).containsExactly("rpool/vm");
    }

    @Test
    void a_link_to_a_folder_is_no_folder() throws Exception {
        write("a/x");
        Files.createSymbolicLink(view.resolve("link"), view.resolve("a"));

        assertThat(among(List.of(root("/persist")))).containsExactly("/persist/a");
    }

    private Set<String> among(List<Place> places, String... paths) {
        var service = new Service("app", true, Arrays.asList(paths), new TreeMap<>());
        return new Uncovered(new Host(
                        "daedalus",
                        true,
                        true,
                        Kind.ZFS,
                        Access.VIEW,
                        List.of(),
                        new Coverage(List.of(), excluded),
                        new TreeMap<>(Map.of("app", service))))
                .among(places);
    }

    private Place root(String path) {
        return new Place("rpool/persist_", Optional.of(Path.of(path)), Optional.of(view), true, true);
    }

    private Place place(String dataset, String path) {
        Path readable = view.resolve(Path.of("/persist").relativize(Path.of(path)));
        return new Place(dataset, Optional.of(Path.of(path)), Optional.of(readable), false, true);
    }

    private void write(String... files) throws IOException {
        for (String file : files) {
            Files.createDirectories(view.resolve(file).getParent());
            Files.writeString(view.resolve(file), "data");
        }
    }
}
