package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Dispatcher;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.Safeguard;
import io.nightshift.contract.event.SafeguardAnswer;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.testing.NatsServerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Restores in place on a host with ZFS; the test is its snapshot-service. */
@QuarkusTest
@QuarkusTestResource(NatsServerResource.class)
@QuarkusTestResource(
        value = RestoreResource.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "snapshot", value = "datasets: [rpool/safe]"))
class WayBackIT {
    private static final Instant UNTIL = Instant.parse("2026-05-01T09:30:14Z");

    @Inject
    NatsClient nats;

    RestoreFixture host;

    private final List<String> asked = new ArrayList<>();
    private Dispatcher service;

    @AfterEach
    void hangUp() {
        if (service != null) {
            nats.connection().closeDispatcher(service);
        }
    }

    /** What a snapshot-service would answer; and what the service's commands had done by then. */
    private void answer(String service, Function<Safeguard, SafeguardAnswer> answers) {
        this.service = nats.connection().createDispatcher(message -> {
            var question = Wire.read(message.getData(), Safeguard.class);
            asked.add((question.dryRun() ? "could you? " : "take it ") + host.commands(service));
            nats.connection().publish(message.getReplyTo(), Wire.write(answers.apply(question)));
        });
        this.service.subscribe(Subjects.safeguard(target(service)));
    }

    private static SafeguardAnswer taken(Safeguard question) {
        return new SafeguardAnswer.Taken(List.of("rpool/safe@before_" + question.restore()), UNTIL);
    }

    private static SafeguardAnswer full() {
        return new SafeguardAnswer.Failed(Failure.of(Cause.SNAPSHOT_FAILED, "out of space", "make room"));
    }

    @Test
    void with_the_service_stopped_a_ZFS_snapshot_is_taken_and_its_name_told() throws Exception {
        spoil("app");
        answer("app", WayBackIT::taken);

        var end = ask("app", "mine", "");

        assertThat(asked).containsExactly("could you? []", "take it [stop mine]");
        assertThat(((RestoreStatus.Succeeded) end).result().did())
                .contains(
                        "as it was before, in the ZFS snapshot rpool/safe@before_mine, kept until 2026-05-01T09:30:00Z");
        assertThat(host.data("app").resolve("a")).hasContent("good");
    }

    @Test
    void a_dry_run_says_which_one_it_would_take() throws Exception {
        spoil("dry");
        answer("dry", WayBackIT::taken);

        var end = ask("dry", "mine", ",'dryRun':true");

        assertThat(asked).containsExactly("could you? []");
        assertThat(((RestoreStatus.Succeeded) end).result().did())
                .anyMatch(line -> line.startsWith("would first take the ZFS snapshot rpool/safe@before_mine"));
    }

    @Test
    void where_none_can_be_taken_nothing_is_touched_unless_the_request_goes_without() throws Exception {
        spoil("other");
        answer("other", question -> full());

        var failed = (RestoreStatus.Failed) ask("other", "mine", "");

        assertThat(failed.failure().cause()).isEqualTo(Cause.SNAPSHOT_FAILED);
        assertThat(failed.failure().message()).contains("out of space; nothing was touched");
        assertThat(failed.failure().advice()).contains("make room", "--no-zfs-snapshot");
        assertThat(host.commands("other")).isEmpty();
        assertThat(host.data("other").resolve("a")).hasContent("spoiled");

        var end = ask("other", "second", ",'zfsSnapshot':false");
        assertThat(((RestoreStatus.Succeeded) end).result().did())
                .contains("no ZFS snapshot before it, as was asked for");
        assertThat(asked).hasSize(1);
        assertThat(host.data("other").resolve("a")).hasContent("good");
    }

    @Test
    void one_that_fails_after_the_service_was_stopped_leaves_all_files_and_starts_it() throws Exception {
        spoil("spare");
        answer("spare", question -> question.dryRun() ? taken(question) : full());

        var failed = (RestoreStatus.Failed) ask("spare", "mine", "");

        assertThat(failed.failure().message()).contains("out of space; no file was touched");
        assertThat(host.commands("spare")).containsExactly("stop mine", "start mine");
        assertThat(host.data("spare").resolve("a")).hasContent("spoiled");
    }

    @Test
    void nobody_there_to_take_one_is_said() throws Exception {
        spoil("twice");

        var failed = (RestoreStatus.Failed) ask("twice", "mine", "");

        assertThat(failed.failure().message())
                .contains("no snapshot-service of daedalus is there; nothing was touched");
        assertThat(host.commands("twice")).isEmpty();
    }

    private void spoil(String service) throws Exception {
        var file = Files.createDirectories(host.data(service)).resolve("a");
        Files.writeString(file, "good");
        host.backUp(service, "2026-04-16 16:00:01");
        Files.writeString(file, "spoiled");
    }

    private RestoreStatus ask(String service, String id, String more) throws Exception {
        var body = "{'id':'" + id + "','place':'in-place'" + more + "}";
        nats.jetStream()
                .publish(
                        Subjects.restore(RestoreFixture.HOST, service, "local"),
                        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> nats.last(Subjects.STATUS_STREAM, Subjects.restored(target(service)))
                                .map(value -> Wire.read(value.body(), RestoreStatus.class))
                                .filter(state -> state.restore().equals(id) && state.isFinal())
                                .orElse(null),
                        state -> state != null);
    }

    private static Target target(String service) {
        return new Target(RestoreFixture.HOST, service, "local");
    }
}
