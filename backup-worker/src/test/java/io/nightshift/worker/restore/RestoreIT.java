package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.RestoreResult;
import io.nightshift.contract.event.RestoreResult.Verification;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.testing.NatsServerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Restores over a real NATS, done by a real restic, as root. Each test has a service of its own where it changes data. */
@QuarkusTest
@QuarkusTestResource(NatsServerResource.class)
@QuarkusTestResource(value = RestoreResource.class, restrictToAnnotatedClass = true)
class RestoreIT {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Inject
    NatsClient nats;

    RestoreFixture host;

    @Test
    void an_empty_message_brings_the_newest_snapshot_into_a_new_folder_with_all_that_files_have() throws Exception {
        host.fill("app");
        host.backUp("app", "2026-04-16 16:00:01");

        var result = succeeded(ask("app", ""));

        var folder = Path.of(result.folder().orElseThrow());
        assertThat(folder.getParent()).isEqualTo(host.restored());
        var came = folder.resolve(host.data("app").toString().substring(1));
        assertThat(RestoreFixture.describe(came)).isEqualTo(RestoreFixture.describe(host.data("app")));
        assertThat(Files.getAttribute(came.resolve("grö ße/ä\"'\\"), "unix:uid"))
                .isEqualTo(1234);
        assertThat(blocks(came.resolve("holes"))).isLessThan(1 << 20);
        assertThat(result.verified()).isEqualTo(Verification.CONTENTS);
        assertThat(result.filesExpected()).isEqualTo(7);
        assertThat(result.snapshotTime()).isEqualTo("2026-04-16T16:00:01Z");
        assertThat(host.commands("app")).as("nothing is stopped for a folder").isEmpty();
    }

    /** du: what the file takes on the disk. */
    private static long blocks(Path file) throws Exception {
        var process = new ProcessBuilder("du", "-B1", file.toString()).start();
        return Long.parseLong(
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\t")[0]);
    }

    @Test
    void in_place_the_service_is_stopped_and_started_around_it_and_all_is_as_it_was() throws Exception {
        host.fill("other");
        host.backUp("other", "2026-04-16 16:00:01");
        var before = RestoreFixture.describe(host.data("other"));
        var beside = Files.writeString(host.folder.resolve("host/beside"), "not of the service");
        Files.writeString(host.data("other").resolve("a"), "spoiled");
        Files.delete(host.data("other").resolve("x*y[z]"));
        Files.writeString(host.data("other").resolve("since"), "new");

        var kept = succeeded(ask("other", "{'place':'in-place'}"));
        assertThat(host.data("other").resolve("since")).hasContent("new");
        assertThat(kept.filesDeleted()).isZero();

        var result = succeeded(ask("other", "{'place':'in-place','delete':true,'id':'second'}"));
        assertThat(RestoreFixture.describe(host.data("other"))).isEqualTo(before);
        assertThat(beside).hasContent("not of the service");
        assertThat(result.deleted())
                .containsExactly(host.data("other").resolve("since").toString());
        assertThat(host.commands("other"))
                .endsWith("stop second", "start second")
                .hasSize(4);
        assertThat(result.did()).anyMatch(line -> line.startsWith("started: sh"));
        assertThat(result.did()).contains("no ZFS snapshot before it: host daedalus has 'snapshot: copy'");
    }

    @Test
    void one_file_of_a_chosen_time_comes_back_alone_and_a_star_in_its_name_means_itself() throws Exception {
        host.fill("spare");
        host.backUp("spare", "2026-04-16 16:00:01");
        Files.writeString(host.data("spare").resolve("x*y[z]"), "later");
        host.backUp("spare", "2026-04-17 16:00:01");
        Files.writeString(host.data("spare").resolve("x*y[z]"), "spoiled");
        Files.writeString(host.data("spare").resolve("xAyz"), "untouched");
        var modified = Files.getLastModifiedTime(host.data("spare"));

        var file = host.data("spare").resolve("x*y[z]");
        var result =
                succeeded(ask("spare", "{'place':'in-place','at':'2026-04-17T00:00:00Z','paths':['" + file + "']}"));

        assertThat(file).hasContent("star");
        assertThat(host.data("spare").resolve("xAyz")).hasContent("untouched");
        assertThat(Files.getLastModifiedTime(host.data("spare"))).isEqualTo(modified);
        assertThat(result.filesExpected()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_done_is_said_before_anything_is_touched() throws Exception {
        host.fill("twice");
        host.backUp("twice", "2026-04-16 16:00:01");
        Files.createDirectories(host.restored().resolve("full"));
        Files.writeString(host.restored().resolve("full/file"), "mine");
        Files.createSymbolicLink(host.restored().resolve("out"), Path.of("/etc"));
        var before = RestoreFixture.describe(host.data("twice"));

        assertThat(cause("twice", "{'place':'in-place','snapshot':'0123456789'}"))
                .isEqualTo(Cause.SNAPSHOT_UNKNOWN);
        assertThat(cause("twice", "{'at':'2020-01-01T00:00:00Z'}")).isEqualTo(Cause.SNAPSHOT_UNKNOWN);
        assertThat(cause("twice", "{'place':'in-place','paths':['" + host.data("twice") + "/nope']}"))
                .isEqualTo(Cause.PATH_MISSING);
        assertThat(cause("twice", "{'place':'in-place','paths':['" + host.folder + "']}"))
                .isEqualTo(Cause.PLACE_REFUSED);
        assertThat(cause("twice", "{'folder':'/etc/restored'}")).isEqualTo(Cause.PLACE_REFUSED);
        assertThat(cause("twice", "{'folder':'" + host.restored() + "/out/x'}")).isEqualTo(Cause.PLACE_REFUSED);
        assertThat(cause("twice", "{'folder':'" + host.restored() + "/full'}")).isEqualTo(Cause.PLACE_REFUSED);
        assertThat(host.restored().resolve("full/file")).hasContent("mine");
        assertThat(host.commands("twice")).isEmpty();
        assertThat(RestoreFixture.describe(host.data("twice"))).isEqualTo(before);
        assertThat(cause("nothing", "")).isEqualTo(Cause.REPOSITORY_MISSING);
    }

    /** restic says all snapshots on one line, of about 900 bytes each; here long tags stand for many years. */
    @Test
    void a_repository_with_a_long_history_can_be_restored_from() throws Exception {
        host.fill("old");
        host.backUp("old", "2026-04-16 16:00:01");
        var tag = "x".repeat(100_000);
        for (int i = 0; i < 12; i++) {
            host.restic("old", "tag", "-q", "--add", i + tag);
        }

        assertThat(succeeded(ask("old", "")).filesExpected()).isEqualTo(7);
    }

    /** The worker may be root, and a service that was broken into may write its own data. */
    @Test
    void a_link_in_the_place_of_a_folder_leads_no_restore_out_of_the_service() throws Exception {
        var folder = Files.createDirectories(host.data("linked").resolve("sub/x"));
        Files.writeString(folder.resolve("file"), "mine");
        host.backUp("linked", "2026-04-16 16:00:01");
        var theirs = Files.createDirectories(host.folder.resolve("elsewhere/x")).resolve("file");
        Files.writeString(theirs, "theirs");
        Files.move(host.data("linked").resolve("sub"), host.folder.resolve("moved"));
        Files.createSymbolicLink(host.data("linked").resolve("sub"), host.folder.resolve("elsewhere"));

        assertThat(cause("linked", "{'place':'in-place','paths':['" + folder.resolve("file") + "']}"))
                .isEqualTo(Cause.PLACE_REFUSED);
        assertThat(theirs).hasContent("theirs");
        succeeded(ask("linked", "{'place':'in-place'}"));
        assertThat(theirs).hasContent("theirs");
        assertThat(host.data("linked").resolve("sub")).isDirectory();
        assertThat(Files.isSymbolicLink(host.data("linked").resolve("sub"))).isFalse();
        assertThat(folder.resolve("file")).hasContent("mine");
    }

    @Test
    void a_file_whose_name_looks_like_an_option_of_restic_comes_back_as_a_file() throws Exception {
        var data = Files.createDirectories(host.data("named"));
        var names = List.of("--target=owned", "-o sftp.command=id", "two\nlines", "..hidden");
        for (var name : names) {
            Files.writeString(data.resolve(name), "as it was");
        }
        host.backUp("named", "2026-04-16 16:00:01");
        for (var name : names) {
            Files.writeString(data.resolve(name), "spoiled");
            var path = data.resolve(name).toString().replace("\n", "\\n");
            succeeded(ask("named", "{'place':'in-place','paths':['" + path + "']}"));
            assertThat(data.resolve(name)).hasContent("as it was");
        }
    }

    @Test
    void a_dry_run_says_what_would_be_done_and_does_nothing() throws Exception {
        host.fill("dry");
        host.backUp("dry", "2026-04-16 16:00:01");
        Files.writeString(host.data("dry").resolve("a"), "spoiled");
        Files.writeString(host.data("dry").resolve("since"), "new");

        var result = succeeded(ask("dry", "{'place':'in-place','delete':true,'dryRun':true}"));

        assertThat(result.dryRun()).isTrue();
        assertThat(result.verified()).isEqualTo(Verification.NONE);
        assertThat(result.deleted())
                .containsExactly(host.data("dry").resolve("since").toString());
        assertThat(host.data("dry").resolve("a")).hasContent("spoiled");
        assertThat(host.data("dry").resolve("since")).exists();
        assertThat(host.commands("dry")).isEmpty();
    }

    @Test
    void a_database_comes_back_without_what_sqlite_left_beside_it() throws Exception {
        var data = Files.createDirectories(host.data("database"));
        Files.writeString(data.resolve("app.db"), "SQLite format 3\0 then");
        Files.writeString(data.resolve("with.db"), "SQLite format 3\0 then");
        Files.writeString(data.resolve("with.db-wal"), "of the same time");
        Files.writeString(data.resolve("text"), "no database");
        host.backUp("database", "2026-04-16 16:00:01");
        Files.writeString(data.resolve("app.db"), "SQLite format 3\0 now, longer");
        Files.writeString(data.resolve("app.db-wal"), "of now");
        Files.writeString(data.resolve("with.db-wal"), "of now");
        Files.writeString(data.resolve("text-wal"), "of a file that is no database");

        var result = succeeded(ask("database", "{'place':'in-place','id':'db'}"));

        assertThat(data.resolve("app.db-wal")).doesNotExist();
        assertThat(data.resolve("app.db-wal.before-db")).hasContent("of now");
        assertThat(data.resolve("with.db-wal")).hasContent("of the same time");
        assertThat(data.resolve("text-wal")).exists();
        assertThat(result.did()).anyMatch(line -> line.contains("moved aside") && line.contains("app.db-wal"));
    }

    @Test
    void a_service_that_cannot_be_started_again_is_no_success() throws Exception {
        host.fill("broken");
        host.backUp("broken", "2026-04-16 16:00:01");

        var end = (RestoreStatus.Failed) ask("broken", "{'place':'in-place'}");

        assertThat(end.failure().cause()).isEqualTo(Cause.COMMAND_FAILED);
        assertThat(end.failure().message()).contains("was not started again").contains("kaputt");
        assertThat(end.did()).contains("restored from snapshot " + snapshot("broken"));
    }

    private String snapshot(String service) throws Exception {
        return host.restic(service, "snapshots", "--json").replaceAll("(?s).*\"short_id\":\"(\\w+)\".*", "$1");
    }

    @Test
    void a_restore_that_is_cancelled_starts_the_service_and_leaves_no_lock() throws Exception {
        var noise = new byte[6 << 20];
        new Random(1).nextBytes(noise);
        Files.createDirectories(host.data("slow"));
        Files.write(host.data("slow").resolve("big"), noise);
        host.backUp("slow", "2026-04-16 16:00:01");
        Files.delete(host.data("slow").resolve("big"));
        publish("slow", "{'place':'in-place','id':'long'}");
        await().atMost(Duration.ofSeconds(30)).until(() -> isRestoring("slow"));

        nats.publishCore(
                Subjects.cancel(target("slow")), "{\"id\":\"long\"}".getBytes(StandardCharsets.UTF_8), Map.of());
        var end = awaitEnd("slow", "long");

        assertThat(end).isInstanceOf(RestoreStatus.Cancelled.class);
        assertThat(host.commands("slow")).containsExactly("stop long", "start long");
        assertThat(((RestoreStatus.Cancelled) end).did()).anyMatch(line -> line.startsWith("did not come to its end"));
        try (var locks = Files.list(host.repository("slow").resolve("locks"))) {
            assertThat(locks).isEmpty();
        }
    }

    private boolean isRestoring(String service) {
        return last(service) instanceof RestoreStatus.Running running && running.step() == RestoreStatus.Step.RESTORING;
    }

    @Test
    void a_restore_that_is_cancelled_before_it_has_begun_never_begins() throws Exception {
        host.fill("cancelled");
        host.backUp("cancelled", "2026-04-16 16:00:01");
        nats.publishCore(
                Subjects.cancel(target("cancelled")), "{\"id\":\"never\"}".getBytes(StandardCharsets.UTF_8), Map.of());
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        nats.keyValue("backup_restores").get(target("cancelled").tokens() + ".never.cancelled")
                                != null);

        assertThat(ask("cancelled", "{'id':'never','place':'in-place'}")).isInstanceOf(RestoreStatus.Cancelled.class);
        assertThat(host.commands("cancelled")).isEmpty();
    }

    @Test
    void the_same_id_twice_is_one_restore() throws Exception {
        host.fill("killed");
        host.backUp("killed", "2026-04-16 16:00:01");
        var first = ask("killed", "{'id':'once','place':'in-place'}");
        publish("killed", "{'id':'once','place':'in-place'}");
        await().atMost(Duration.ofSeconds(30)).until(this::queueIsEmpty);

        assertThat(host.commands("killed")).containsExactly("stop once", "start once");
        assertThat(last("killed")).isEqualTo(first);
    }

    /** The worker has no right to ask for restores, so there is no other message. */
    @Test
    void all_services_come_back_one_after_the_other_each_by_its_own_name_whatever_becomes_of_one() throws Exception {
        for (var service : List.of("a-first", "c-last")) {
            host.fill(service);
            host.backUp(service, "2026-04-16 16:00:01");
            Files.writeString(host.data(service).resolve("a"), "spoiled");
        }

        publish("all", "usb", "{'id':'house','place':'in-place'}");

        assertThat(awaitEnd("a-first", "usb", "house")).isInstanceOf(RestoreStatus.Succeeded.class);
        assertThat(awaitEnd("b-never", "usb", "house")).isInstanceOf(RestoreStatus.Failed.class);
        assertThat(awaitEnd("c-last", "usb", "house")).isInstanceOf(RestoreStatus.Succeeded.class);
        assertThat(host.data("a-first").resolve("a")).hasContent("first");
        assertThat(host.data("c-last").resolve("a")).hasContent("first");
        await().atMost(Duration.ofSeconds(30)).until(this::queueIsEmpty);
        assertThat(host.commands("a-first")).containsExactly("stop house", "start house");
    }

    @Test
    void a_message_that_makes_no_sense_is_rejected_with_the_reason() throws Exception {
        assertThat(rejected("app", "{'paths':['/a/../b']}")).contains("plain path");
        assertThat(rejected("app", "{'delete':true}")).contains("overwrite");
        assertThat(rejected("nobody", ""))
                .contains("does not know daedalus/nobody/local")
                .contains("app");
        assertThat(rejected("--password-command", "")).contains("not a name of a service: '--password-command'");
        assertThat(rejected("app", "{'options':['sftp.command=id']}")).contains("there is no field 'options'");
        assertThat(rejected("all", "{'paths':['/a']}")).contains("for one service");
    }

    @Test
    void an_end_that_makes_no_sense_is_rejected_with_the_reason() {
        assertThat(rejectedCancel("nobody", "")).contains("does not know daedalus/nobody/local");
        assertThat(rejectedCancel("app", "{\"restore\":\"mine\"}")).contains("there is no field 'restore'; known: id");
    }

    private String rejectedCancel(String service, String body) {
        var subject = Subjects.cancel(target(service));
        nats.publishCore(subject, body.getBytes(StandardCharsets.UTF_8), Map.of());
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> nats.last(Subjects.EVENTS_STREAM, Subjects.REJECTED)
                                .map(value -> Wire.read(value.body(), Rejected.class))
                                .filter(rejected -> rejected.subject().equals(subject))
                                .map(Rejected::reason)
                                .orElse(""),
                        reason -> !reason.isEmpty());
    }

    private String rejected(String service, String body) {
        long sequence = publish(service, body);
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> nats.last(Subjects.EVENTS_STREAM, Subjects.REJECTED)
                                .map(value -> Wire.read(value.body(), Rejected.class))
                                .filter(rejected -> rejected.sequence() == sequence)
                                .map(Rejected::reason)
                                .orElse(""),
                        reason -> !reason.isEmpty());
    }

    private RestoreResult succeeded(RestoreStatus end) {
        assertThat(end).isInstanceOf(RestoreStatus.Succeeded.class);
        return ((RestoreStatus.Succeeded) end).result();
    }

    private Cause cause(String service, String body) {
        var end = ask(service, body);
        assertThat(end).isInstanceOf(RestoreStatus.Failed.class);
        return ((RestoreStatus.Failed) end).failure().cause();
    }

    /** Asks, and waits for the end. */
    private RestoreStatus ask(String service, String body) {
        var id = body.contains("'id'") ? body.replaceAll(".*'id':'(\\w+)'.*", "$1") : "r" + COUNT.incrementAndGet();
        var named = body.contains("'id'")
                ? body
                : body.isEmpty() ? "{'id':'" + id + "'}" : body.replaceFirst("\\{", "{'id':'" + id + "',");
        publish(service, named);
        return awaitEnd(service, id);
    }

    private long publish(String service, String body) {
        return publish(service, "local", body);
    }

    private long publish(String service, String destination, String body) {
        try {
            return nats.jetStream()
                    .publish(
                            Subjects.restore(RestoreFixture.HOST, service, destination),
                            body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                    .getSeqno();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private RestoreStatus awaitEnd(String service, String id) {
        return awaitEnd(service, "local", id);
    }

    private RestoreStatus awaitEnd(String service, String destination, String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> last(new Target(RestoreFixture.HOST, service, destination)),
                        state -> state != null && state.restore().equals(id) && state.isFinal());
    }

    private RestoreStatus last(String service) {
        return last(target(service));
    }

    private RestoreStatus last(Target target) {
        return nats.last(Subjects.STATUS_STREAM, Subjects.restored(target))
                .map(value -> Wire.read(value.body(), RestoreStatus.class))
                .orElse(null);
    }

    private static Target target(String service) {
        return new Target(RestoreFixture.HOST, service, "local");
    }

    private boolean queueIsEmpty() throws Exception {
        return nats.connection()
                        .jetStreamManagement()
                        .getStreamInfo(Subjects.RESTORES_STREAM)
                        .getStreamState()
                        .getMsgCount()
                == 0;
    }
}
