package io.nightshift.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.command.api.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each command asks of the scheduler, and what it makes of the answer. */
@Timeout(60)
class CommandsTest {
    private static final String UNSAFE = """
            {"safe":false,"headline":"1 failed, of 2 backups","asOf":"2026-04-17T09:00:00Z","nextNight":{"local":"2026-04-18T02:00+10:00"}}""";
    private static final String TARGETS = """
            {"total":2,"items":[
             {"target":"daedalus/lidarr/remote","host":"daedalus","destination":"remote","health":"failed","doing":[],"upkeep":{"restore-test":{"state":"failed"}},
              "trouble":{"failure":{"message":"no route to host","advice":"check the network"}}},
             {"target":"daedalus/prowlarr/local","host":"daedalus","destination":"local","health":"good",
              "upkeep":{"restore-test":{"state":"succeeded","at":"2026-04-12T05:00:00Z","tooLarge":{"files":2,"bytes":9}}},"goodAgeSeconds":25200,"good":{"at":"2026-04-17T02:00:00Z","bytes":52526820},"doing":[]}]}""";
    private static final String PROWLARR = """
            {"total":1,"items":[{"target":"daedalus/prowlarr/local","host":"daedalus","destination":"local"}]}""";
    private static final String HISTORY = "GET /api/targets/daedalus/prowlarr/local/history";
    private static final String TARGET = "GET /api/targets/daedalus/prowlarr/local";
    private static final String OLD = """
            {"total":1,"items":[{"job":"2026-04-17/daedalus/prowlarr/local","at":"2026-04-17T02:00:00Z",
             "state":"succeeded","durationSeconds":12.5,"bytes":52526820,"bytesAdded":1024,
             "snapshot":"4f2a9c0d5b6e7f80"}]}""";
    private static final String RUNNING = """
            {"doing":[{"work":"backup","job":"m1/daedalus/prowlarr/local","state":"running"}]}""";
    private static final String IDLE = "{\"doing\":[]}";

    private Peer peer;

    @TempDir
    Path folder;

    @BeforeEach
    void aPeer() throws IOException {
        peer = new Peer();
    }

    @AfterEach
    void noPeer() {
        peer.close();
    }

    @Test
    void status_says_why_the_worst_is_not_good_and_fails() {
        peer.answers("GET /api/verdict", UNSAFE).answers("GET /api/targets", TARGETS);
        peer.answers("GET /api/alerts", "[{\"message\":\"pool tank is nearly full\",\"advice\":\"make room\"}]");
        var ended = peer.run("status");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().lines())
                .containsExactly(
                        "STATE   BACKUP                   LAST GOOD  SIZE      RESTORE TESTED",
                        "FAILED  daedalus/lidarr/remote   never      -         failed                          no route to host; check the network",
                        "GOOD    daedalus/prowlarr/local  7 h ago    50.1 MiB  5 d 4 h ago, but 2 large files",
                        "warning: pool tank is nearly full; make room",
                        "1 failed, of 2 backups. Next night: 2026-04-18T02:00+10:00");
        assertThat(peer.run("status", "--quiet")).isEqualTo(new Peer.Ended(1, "", ""));
        assertThat(Api.parse(peer.run("status", "--json").out()).path("targets"))
                .hasSize(2);
    }

    @Test
    void status_is_0_only_when_the_scheduler_calls_it_safe() {
        peer.answers("GET /api/verdict", "{\"safe\":true}");
        assertThat(peer.run("status", "-q").code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"400,2", "404,4", "401,3", "503,3", "504,3", "500,1"})
    void an_error_of_the_scheduler_is_one_line_and_an_exit_code(int status, int code) {
        peer.answers("GET /api/verdict", status + " the reason");
        var ended = peer.run("status");
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines()).singleElement().asString().startsWith("nightshift: the reason");
    }

    @Test
    void without_a_scheduler_the_way_around_is_said() {
        peer.close();
        var ended = peer.run("snapshots", "prowlarr");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("cannot be reached", "--direct").hasLineCount(1);
    }

    @Test
    void the_token_of_a_file_is_shown() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "geheim\n");
        peer.answers("GET /api/verdict", "{\"safe\":true}").with("NIGHTSHIFT_TOKEN_FILE", file.toString());
        peer.run("status", "-q");
        assertThat(peer.requests()).singleElement().asString().endsWith("by Bearer geheim");
    }

    @Test
    void run_is_quiet_and_names_what_it_asks_for() {
        peer.answers("GET /api/targets", PROWLARR);
        peer.answers("POST /api/targets/daedalus/prowlarr/all/backup", "{\"jobs\":1}");
        assertThat(peer.run("run", "prowlarr", "--fresh")).isEqualTo(new Peer.Ended(0, "", ""));
        assertThat(peer.requests())
                .last()
                .asString()
                .startsWith("POST /api/targets/daedalus/prowlarr/all/backup?fresh=true");
    }

    @Test
    void status_shows_the_worst_of_a_large_fleet_unless_it_is_asked_for_all() {
        peer.answers("GET /api/verdict", UNSAFE);
        peer.answers("GET /api/alerts", "[]");
        peer.answers("GET /api/targets", TARGETS.replace("\"total\":2", "\"total\":3"));
        assertThat(peer.run("status").out()).contains("1 more, none of them worse; --all shows them");
        assertThat(peer.requests()).anyMatch(request -> request.startsWith("GET /api/targets?limit=200"));
        peer.answers("GET /api/targets", TARGETS);
        assertThat(peer.run("status", "--all").out())
                .contains("daedalus/prowlarr/local")
                .doesNotContain("more");
        assertThat(peer.requests()).anyMatch(request -> request.startsWith("GET /api/targets?offset=0"));
    }

    @Test
    void run_does_other_work_and_waits_for_its_end() {
        peer.answers("GET /api/targets", PROWLARR);
        peer.answers(TARGET, "{\"doing\":[{\"work\":\"backup\",\"job\":\"m1/daedalus/prowlarr/local\"}]}");
        peer.answers("POST /api/targets/daedalus/prowlarr/local/restore-test", "{\"jobs\":1}");
        peer.answers(HISTORY, "{\"items\":[]}", OLD);
        assertThat(peer.run("run", "prowlarr", "local", "--work", "restore-test", "--wait")
                        .code())
                .isZero();
        assertThat(peer.requests())
                .anyMatch(request -> request.contains("/local/history?limit=1&work=restore-test"))
                .anyMatch(request -> request.startsWith("POST /api/targets/daedalus/prowlarr/local/restore-test"));
        assertThat(peer.run("run", "prowlarr", "--work", "restore-test", "--fresh")
                        .err())
                .contains("--fresh is for backups");
        assertThat(peer.run("run", "prowlarr", "--work", "dance").code()).isEqualTo(2);
    }

    @Test
    void a_service_of_two_hosts_needs_the_host() {
        peer.answers("GET /api/targets", "{\"total\":2,\"items\":[{\"host\":\"a\"},{\"host\":\"b\"}]}");
        var ended = peer.run("run", "prowlarr");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("a, b").contains("a/prowlarr");
        assertThat(peer.requests()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void wait_waits_for_a_new_end_and_fails_with_its_reason() {
        peer.answers("GET /api/targets", PROWLARR).answers(TARGET, IDLE, RUNNING, IDLE);
        peer.answers("POST /api/targets/daedalus/prowlarr/local/backup", "{\"jobs\":1}");
        peer.answers(HISTORY, OLD, OLD, """
                {"items":[{"job":"m1/daedalus/prowlarr/local","at":"2026-04-17T09:00:10Z","state":"failed",
                 "failure":{"message":"wrong password","advice":"mend password-file"}}]}""");
        var ended = peer.run("run", "prowlarr", "local", "--wait");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines())
                .containsExactly(
                        "m1/daedalus/prowlarr/local running",
                        "m1/daedalus/prowlarr/local failed",
                        "nightshift: m1/daedalus/prowlarr/local failed: wrong password; mend password-file");
    }

    @Test
    void history_is_a_line_for_each_end() {
        peer.answers("GET /api/targets", PROWLARR).answers(HISTORY, OLD);
        assertThat(peer.run("history", "daedalus/prowlarr").out().lines())
                .last()
                .asString()
                .isEqualTo("2026-04-17 02:00:00  2026-04-17/daedalus/prowlarr/local  succeeded  12 s  50.1 MiB"
                        + "  1.0 KiB  4f2a9c0d");
        assertThat(Api.parse(peer.run("history", "prowlarr", "--json").out())).hasSize(1);
    }

    @Test
    void snapshots_and_files_come_from_the_worker() {
        peer.answers("GET /api/targets", PROWLARR);
        peer.answers("GET /api/targets/daedalus/prowlarr/local/snapshots", """
                {"total":1,"items":[{"id":"4f2a9c0d5b6e7f80","time":"2026-04-16T16:00:01Z","files":414,"bytes":52526820}]}""");
        peer.answers("GET /api/targets/daedalus/prowlarr/local/snapshots/latest/files", """
                {"total":1,"items":[{"path":"/persist/a b","kind":"file","bytes":5,"modifiedAt":"2026-04-16T15:58:12Z"}]}""");
        assertThat(peer.run("snapshots", "prowlarr").out())
                .contains("4f2a9c0d  2026-04-16 16:00:01  local        414    50.1 MiB");
        assertThat(peer.run("ls", "prowlarr", "/persist").out())
                .contains("file  5 B   2026-04-16 15:58:12  /persist/a b");
        assertThat(peer.requests()).last().asString().contains("files?path=%2Fpersist&");
    }

    @Test
    void plan_reads_a_file_that_nobody_has_deployed() throws IOException {
        var file = Files.writeString(folder.resolve("fleet.yaml"), """
                backup:
                  schedule: { zone: Australia/Sydney }
                  destinations: { nas: { repository: "/nas/{host}/{service}", password-file: /p } }
                  hosts:
                    daedalus:
                      datasets: [tank]
                      services: { app: { paths: [/app] }, idle: { paths: [/off], enabled: false } }
                """);
        var ended = peer.run("plan", "--fleet", file.toString());
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines())
                .filteredOn(line -> line.contains(" backup "))
                .singleElement()
                .asString()
                .matches("daedalus/app/nas +backup +2026-04-18 0[234]:.*\\+10:00 +2026-04-17 1[678]:.*Z");
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("warning: all backups of service daedalus/idle");
        assertThat(Api.parse(peer.run("plan", "--json", "--fleet", file.toString())
                                .out())
                        .path("runs"))
                .hasSize(4);
        assertThat(peer.requests()).isEmpty();
    }

    @Test
    void everything_wrong_with_a_file_is_said() throws IOException {
        var file =
                Files.writeString(folder.resolve("wrong.yaml"), "backup:\n  schedule: { at: \"25:00\" }\n  hots: {}\n");
        var ended = peer.run("plan", "--fleet", file.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err().lines()).hasSizeGreaterThan(2).allMatch(line -> line.contains("wrong.yaml"));
    }

    @Test
    void plan_without_a_file_is_the_scheduler_s() {
        peer.answers("GET /api/plan", """
                {"zone":"UTC","warnings":[],"runs":[{"target":"a/b/c","work":"check","local":"2026-04-18T02:00:01.5Z",
                 "utc":"2026-04-18T02:00:01.5Z"}]}""");
        assertThat(peer.run("plan").out()).contains("a/b/c  check  2026-04-18 02:00:01Z  2026-04-18 02:00:01Z");
    }

    @Test
    void a_wrong_word_is_answered_with_the_nearest() {
        var ended = peer.run("statu");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("nightshift status");
        assertThat(peer.run("run", "../etc").code()).isEqualTo(2);
    }

    @Test
    void every_command_explains_itself_and_is_completed() {
        var names = Main.commandLine(peer.around(System.out, System.err))
                .getSubcommands()
                .keySet();
        var script = peer.run("completion").out();
        for (var name : names) {
            if (!name.equals("warm-up")) {
                var help = peer.run(name, "--help");
                assertThat(help.code()).as(name).isZero();
                assertThat(help.out()).contains("nightshift " + name).containsPattern("Examples?:");
                assertThat(script).contains(name);
            }
        }
    }
}
