package io.nightshift.worker.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.Buckets;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.event.StoredFile;
import io.nightshift.contract.event.StoredFile.Kind;
import io.nightshift.contract.event.StoredSnapshot;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.testing.NatsServerResource;
import io.nightshift.worker.restore.RestoreFixture;
import io.nightshift.worker.restore.RestoreResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Questions over a real NATS to a real restic. */
@QuarkusTest
@QuarkusTestResource(NatsServerResource.class)
@QuarkusTestResource(value = RestoreResource.class, restrictToAnnotatedClass = true)
class QueryIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Inject
    NatsClient nats;

    RestoreFixture host;

    @Test
    void snapshots_come_newest_first_in_pages_and_those_of_other_hosts_do_not() throws Exception {
        Files.createDirectories(host.data("looked"));
        Files.writeString(host.data("looked").resolve("a"), "12345");
        host.backUp("looked", "2026-04-16 16:00:01");
        host.backUp("looked", "2026-04-14 16:00:01");
        host.backUp("looked", "2026-04-15 16:00:01");
        host.restic(
                "looked", "backup", "-q", "--host", "other", host.data("looked").toString());

        var all = (QueryAnswer.Snapshots) ask("looked", new Query.Snapshots(0, 0));
        assertThat(all.items()).extracting(StoredSnapshot::time).containsExactly(day(16), day(15), day(14));
        assertThat(all.more()).isFalse();
        assertThat(all.items().get(0).paths())
                .containsExactly(host.data("looked").toString());
        assertThat(all.items().get(0).bytes()).hasValue(5L);

        var page = (QueryAnswer.Snapshots) ask("looked", new Query.Snapshots(1, 1));
        assertThat(page.items()).extracting(StoredSnapshot::time).containsExactly(day(15));
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.more()).isTrue();
    }

    private static Instant day(int day) {
        return Instant.parse("2026-04-" + day + "T16:00:01Z");
    }

    @Test
    void a_folder_shows_what_is_in_it_and_not_what_is_below_whatever_the_names_are() throws Exception {
        host.fill("odd");
        host.backUp("odd", "2026-04-16 16:00:01");
        var data = host.data("odd").toString();

        var answer = (QueryAnswer.Folder) ask("odd", new Query.Folder("latest", data, 0, 0));
        assertThat(answer.items())
                .extracting(StoredFile::path)
                .containsExactlyInAnyOrder(
                        data + "/a",
                        data + "/grö ße",
                        data + "/hard",
                        data + "/holes",
                        data + "/link",
                        data + "/new\nline",
                        data + "/xAyz",
                        data + "/x*y[z]");
        assertThat(answer.items()).extracting(StoredFile::kind).contains(Kind.FILE, Kind.FOLDER, Kind.LINK);
        assertThat(answer.snapshotTime()).isEqualTo(day(16));

        var below = (QueryAnswer.Folder) ask("odd", new Query.Folder(answer.snapshot(), data + "/grö ße", 0, 1));
        assertThat(below.total()).isEqualTo(2);
        assertThat(below.items()).hasSize(1);
        assertThat(below.more()).isTrue();

        var top = (QueryAnswer.Folder) ask("odd", new Query.Folder("latest", "/", 0, 0));
        assertThat(top.items()).extracting(StoredFile::path).containsExactly(data.substring(0, data.indexOf('/', 1)));

        assertThat(failure("odd", new Query.Folder("latest", data + "/x?y[z]", 0, 0))
                        .cause())
                .isEqualTo(Cause.PATH_MISSING);
        assertThat(failure("odd", new Query.Folder("latest", data + "/a", 0, 0)).cause())
                .as("a file is no folder")
                .isEqualTo(Cause.PATH_MISSING);
        assertThat(failure("odd", new Query.Folder("00000000", data, 0, 0)).cause())
                .isEqualTo(Cause.SNAPSHOT_UNKNOWN);

        var found = (QueryAnswer.Found) ask("odd", new Query.Find("latest", "XA", Optional.of(data), 0, 0));
        assertThat(found.items()).extracting(StoredFile::path).containsExactly(data + "/xAyz");
        var elsewhere = new Query.Find("latest", "xa", Optional.of(data + "/grö ße"), 0, 0);
        assertThat(((QueryAnswer.Found) ask("odd", elsewhere)).items()).isEmpty();
    }

    @Test
    void an_answer_that_does_not_fit_into_a_message_is_cut_and_says_so() throws Exception {
        Files.createDirectories(host.data("busy"));
        for (int i = 0; i < 1000; i++) {
            Files.createFile(host.data("busy").resolve(i + "\u0001".repeat(200))); // six bytes each in JSON
        }
        host.backUp("busy", "2026-04-16 16:00:01");

        var data = host.data("busy").toString();
        var answer = (QueryAnswer.Folder) ask("busy", new Query.Folder("latest", data, 0, 1000));

        assertThat(answer.total()).isEqualTo(1000);
        assertThat(answer.items()).hasSize(500);
        assertThat(answer.more()).isTrue();
    }

    @Test
    void neither_the_lease_of_a_backup_nor_a_lock_that_restic_left_holds_up_a_question() throws Exception {
        host.fill("app");
        host.backUp("app", "2026-04-16 16:00:01");
        var locks = host.repository("app").resolve("locks");
        var check = new ProcessBuilder("restic", "-r", host.repository("app").toString(), "check", "--read-data")
                .redirectErrorStream(true);
        check.environment()
                .put("RESTIC_PASSWORD_FILE", host.folder.resolve("password").toString());
        var process = check.start();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> locks.toFile().list().length > 0);
        process.destroyForcibly().waitFor();
        nats.keyValue(Buckets.LEASES).put("repo.daedalus.app.local", "another".getBytes(StandardCharsets.UTF_8));

        assertThat(ask("app", new Query.Snapshots(0, 0))).isInstanceOf(QueryAnswer.Snapshots.class);
        assertThat(locks.toFile().list()).as("the lock is another's").hasSize(1);
    }

    @Test
    void what_is_not_understood_wholly_or_of_nobody_here_is_refused() {
        assertThat(failed("app", "{\"ask\":\"snapshots\",\"host\":\"other\"}").message())
                .contains("host");
        assertThat(failed("app", "{\"ask\":\"folder\",\"snapshot\":\"latest\",\"path\":\"/../etc\"}")
                        .message())
                .contains("not an absolute, plain path");
        assertThat(failed("nobody", "").message()).contains("does not know daedalus/nobody/local");
        assertThat(failed("empty", ""))
                .as("there is no repository yet")
                .returns(Cause.REPOSITORY_MISSING, Failure::cause)
                .satisfies(failure -> assertThat(failure.advice()).startsWith("back up first"));
    }

    private Failure failure(String service, Query query) {
        return ((QueryAnswer.Failed) ask(service, query)).failure();
    }

    private Failure failed(String service, String body) {
        return ((QueryAnswer.Failed) ask(service, body.getBytes(StandardCharsets.UTF_8))).failure();
    }

    private QueryAnswer ask(String service, Query query) {
        return ask(service, Wire.write(query));
    }

    private QueryAnswer ask(String service, byte[] body) {
        var subject = Subjects.query(new Target(RestoreFixture.HOST, service, "local"));
        return Wire.read(nats.request(subject, body, LIMIT).orElseThrow(), QueryAnswer.class);
    }
}
