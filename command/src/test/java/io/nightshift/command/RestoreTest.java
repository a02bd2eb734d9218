package io.nightshift.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.command.api.Api;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By the scheduler; {@link DirectIT} restores without it. */
@Timeout(60)
class RestoreTest {
    private static final String ONE = "/api/restores/daedalus/prowlarr/local/r1";
    private static final String ASKED = """
            {"restores":[{"id":"r1","target":"daedalus/prowlarr/local","state":"asked"}]}""";
    private static final String RUNNING = """
            {"id":"r1","target":"daedalus/prowlarr/local","state":"running","step":"restoring",
             "progress":{"percent":50,"bytesDone":5,"bytesTotal":10,"bytesPerSecond":5}}""";
    private static final String GOOD = """
            {"id":"r1","target":"daedalus/prowlarr/local","state":"succeeded","result":{"snapshot":"4f2a9c0d5b6e",
             "snapshotTime":"2026-04-16T16:00:01Z","folder":"/restored/r1","filesRestored":412,
             "did":["restored from snapshot 4f2a9c0d"]}}""";

    private Peer peer;

    @BeforeEach
    void aPeer() throws IOException {
        peer = new Peer();
        peer.answers("GET /api/targets", "{\"total\":1,\"items\":[{\"host\":\"daedalus\"}]}");
        peer.answers("POST /api/restores", ASKED).answers("GET " + ONE, RUNNING, GOOD);
    }

    @AfterEach
    void noPeer() {
        peer.close();
    }

    @Test
    void it_is_followed_to_its_end_and_says_where_the_files_are() {
        var ended = peer.run("restore", "prowlarr", "--path", "/persist/a", "--at", "2026-04-17T09:00");
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines())
                .containsExactly(
                        "daedalus/prowlarr/local: restored 412 files of snapshot 4f2a9c0d of 2026-04-16 16:00:01 to"
                                + " /restored/r1",
                        "  restored from snapshot 4f2a9c0d");
        assertThat(ended.err().lines())
                .containsExactly("daedalus/prowlarr/local running: restoring", "daedalus/prowlarr/local succeeded");
        assertThat(order().path("at").asText()).isEqualTo("2026-04-17T09:00:00Z");
        assertThat(order().path("paths").path(0).asText()).isEqualTo("/persist/a");
        assertThat(order().path("place").asText()).isEqualTo("folder");
    }

    @Test
    void a_date_means_what_there_was_on_that_day() {
        peer.run("restore", "prowlarr", "--at", "2026-04-16");
        assertThat(order().path("at").asText()).isEqualTo("2026-04-17T00:00:00Z");
    }

    @Test
    void in_place_is_asked_for_twice() {
        assertThat(peer.run("restore", "prowlarr", "--in-place").code()).isEqualTo(2);
        assertThat(peer.typing("yes").run("restore", "prowlarr", "--in-place").code())
                .isEqualTo(2);
        assertThat(peer.requests()).noneMatch(request -> request.startsWith("POST"));
        assertThat(peer.typing("prowlarr")
                        .run("restore", "prowlarr", "--in-place")
                        .code())
                .isZero();
        assertThat(order().path("place").asText()).isEqualTo("in-place");
    }

    @Test
    void yes_and_a_dry_run_ask_nobody() {
        assertThat(peer.run("restore", "prowlarr", "--in-place", "--delete", "--yes")
                        .code())
                .isZero();
        assertThat(peer.run("restore", "prowlarr", "--in-place", "--dry-run").code())
                .isZero();
        assertThat(order().path("dryRun").asBoolean()).isTrue();
    }

    @Test
    void a_failure_is_told_with_what_to_do() {
        peer.answers("GET " + ONE, """
                {"target":"daedalus/prowlarr/local","state":"failed","failure":{"message":"/x is not in it","advice":"look"}}""");
        var ended = peer.run("restore", "prowlarr", "--path", "/x");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("nightshift: daedalus/prowlarr/local failed: /x is not in it; look");
    }

    @Test
    void a_whole_host_needs_all() {
        assertThat(peer.run("restore", "daedalus/all").code()).isEqualTo(2);
        assertThat(peer.run("restore", "--all").code()).isZero();
        assertThat(order().path("services").path(0).asText()).isEqualTo("all");
    }

    @Test
    void several_services_are_one_order_confirmed_by_their_names() {
        String[] both = {"restore", "prowlarr", "lidarr", "--in-place"};
        assertThat(peer.typing("prowlarr").run(both).code()).isEqualTo(2);
        assertThat(peer.typing("prowlarr lidarr").run(both).code()).isZero();
        assertThat(order().path("services").toString()).isEqualTo("[\"prowlarr\",\"lidarr\"]");
        peer.run("restore", "prowlarr", "--in-place", "--yes", "--no-zfs-snapshot");
        assertThat(order().path("zfsSnapshot").asBoolean(true)).isFalse();
    }

    @Test
    void what_contradicts_itself_is_refused() {
        assertThat(peer.run("restore", "prowlarr", "--to", "/a", "--in-place").code())
                .isEqualTo(2);
        assertThat(peer.run("restore", "prowlarr", "--at", "2026-04-16", "--snapshot", "4f2a9c0d")
                        .code())
                .isEqualTo(2);
        assertThat(peer.run("restore", "prowlarr", "--at", "yesterday").code()).isEqualTo(2);
        assertThat(peer.run("restore", "prowlarr", "--direct", "--in-place").code())
                .isEqualTo(2);
        assertThat(peer.requests()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void the_end_of_the_command_cancels_what_has_not_ended() {
        peer.answers("POST " + ONE + "/cancel", "{}");
        var said = new ByteArrayOutputStream();
        var around = peer.around(System.out, new PrintStream(said, true, StandardCharsets.UTF_8));
        var api = new Api(URI.create(peer.url()), Optional.empty());
        new Restoring(api, around, Api.parse(ASKED).path("restores")).cancel();
        assertThat(peer.requests()).containsExactly("POST " + ONE + "/cancel ");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("cancelled daedalus/prowlarr/local");
    }

    private com.fasterxml.jackson.databind.JsonNode order() {
        var last = peer.requests().stream()
                .filter(request -> request.startsWith("POST /api/restores "))
                .reduce((first, second) -> second)
                .orElseThrow();
        return Api.parse(last.substring("POST /api/restores ".length()));
    }
}
