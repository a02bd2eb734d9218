package io.nightshift.notifier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static io.nightshift.notifier.Samples.failed;
import static io.nightshift.notifier.Samples.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.testing.NatsServerResource;
import io.nightshift.nats.testing.NeedsNatsServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service between a real nats-server and a real HTTP server. Each test has a host of its own. */
@NeedsNatsServer
@QuarkusTest
@QuarkusTestResource(NatsServerResource.class)
@QuarkusTestResource(PushoverServer.class)
class NotifierIT {
    @Inject
    NatsClient nats;

    @Inject
    Sender sender;

    @Inject
    IncidentStore incidents;

    PushoverServer pushover;

    private final String host = "h" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void consumersAreThereAndNothingIsUnderWay() {
        await().until(() -> consumer(Subjects.STATUS_STREAM, "notifier-statuses")
                && consumer(Subjects.EVENTS_STREAM, "notifier-events"));
        awaitNothingDue();
        pushover.reset();
    }

    /** A reminder of rejected messages may wait for its hour. */
    private void awaitNothingDue() {
        var now = Instant.now();
        await().until(() -> incidents.all().stream()
                .flatMap(incident -> incident.pending().stream())
                .noneMatch(pending -> pending.waits() && pending.due().isBefore(now)));
    }

    private boolean consumer(String stream, String name) {
        try {
            return nats.connection()
                    .jetStreamManagement()
                    .getConsumerNames(stream)
                    .contains(name);
        } catch (Exception notYet) {
            return false;
        }
    }

    @Test
    void a_failure_makes_one_message_a_success_after_it_one_more_and_a_success_alone_none() {
        publish(succeeded(job("lidarr/local")));
        publish(failed(job("prowlarr/local"), Cause.WRONG_PASSWORD));
        await().untilAsserted(() -> assertThat(pushover.titles()).containsExactly("prowlarr → local failed"));
        assertThat(pushover.messages().get(0))
                .containsEntry("token", "azGDORePK8gMaC0QOYAMyEEuzJnyUi")
                .containsEntry("user", "uQiRzpo4DXghDmr9QzzfQu27cmVRsG")
                .containsEntry("priority", "0")
                .hasEntrySatisfying(
                        "message",
                        text -> assertThat(text)
                                .contains(host, "Wrong repository password", "what went wrong", "Next: what to do"));

        publish(succeeded("2026-04-18/" + host + "/prowlarr/local"));

        await().untilAsserted(() -> assertThat(pushover.titles())
                .containsExactly("prowlarr → local failed", "prowlarr → local works again"));
        assertThat(pushover.messages().get(1)).containsEntry("priority", "-1");
    }

    @Test
    void a_restore_that_fails_is_told_once_and_a_plan_or_an_end_that_somebody_wished_is_not() {
        var target = new Target(host, "prowlarr", "local");
        var failure = Failure.of(Cause.PLACE_FULL, "3 GiB are missing", "make room");
        restored(new RestoreStatus.Cancelled("a", target, Samples.AT, 1, List.of()));
        restored(new RestoreStatus.Failed("b", target, Samples.AT, 1, failure, List.of(), true));
        var failed = new RestoreStatus.Failed("c", target, Samples.AT, 1, failure, List.of(), false);
        restored(failed);
        restored(failed);
        publish(failed(job("last/local"), Cause.PATH_MISSING));

        await().untilAsserted(() -> assertThat(pushover.titles())
                .containsExactlyInAnyOrder("Restore of prowlarr from local failed", "last → local failed"));
        assertThat(pushover.messages())
                .anySatisfy(message -> assertThat(message.get("message"))
                        .contains("restore c", "3 GiB are missing", "Next: make room"));
    }

    private void restored(RestoreStatus status) {
        publish(status.subject(), Wire.write(status));
    }

    @Test
    void a_server_error_is_tried_again_until_it_passes() {
        answer(aResponse().withStatus(500), 2);

        publish(failed(job("prowlarr/local"), Cause.WRONG_PASSWORD));

        await().untilAsserted(() -> assertThat(pushover.messages()).hasSize(3));
        awaitNothingDue();
    }

    @Test
    void too_many_messages_wait_as_long_as_the_server_says() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "2"), 1);
        var start = Instant.now();

        publish(failed(job("prowlarr/local"), Cause.WRONG_PASSWORD));

        await().untilAsserted(() -> assertThat(pushover.messages()).hasSize(2));
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_message_that_is_refused_is_not_sent_again_and_does_not_stop_the_next() {
        answer(aResponse().withStatus(400).withBody("{\"status\":0,\"errors\":[\"user identifier is invalid\"]}"), 1);

        publish(failed(job("prowlarr/local"), Cause.WRONG_PASSWORD));
        publish(failed(job("lidarr/local"), Cause.WRONG_PASSWORD));

        await().untilAsserted(() ->
                assertThat(pushover.titles()).containsExactly("prowlarr → local failed", "lidarr → local failed"));
        await().untilAsserted(() -> assertThat(sender.state().refused())
                .containsEntry("job." + host + ".prowlarr.local.backup", "HTTP 400: user identifier is invalid"));
    }

    @Test
    void many_jobs_of_one_destination_make_one_message() {
        var destination = "d" + host;
        for (var service : List.of("a", "b", "c", "d")) {
            publish(failed(job(service + "/" + destination), Cause.DESTINATION_UNREACHABLE));
        }

        await().untilAsserted(() -> assertThat(pushover.titles())
                .containsExactly("destination " + destination + ": cannot be reached, 4 jobs failed"));
    }

    @Test
    void a_failed_zfs_snapshot_makes_one_message_for_all_of_its_jobs() {
        var event = new SnapshotEvent.Failed(host, new NightId("2026-04-17"), Samples.AT, "pool is full", "free space");
        publish(event.subject(), Wire.write(event));
        publish(failed(job("prowlarr/local"), Cause.SNAPSHOT_FAILED));
        publish(failed(job("lidarr/local"), Cause.SNAPSHOT_FAILED));
        publish(failed(job("last/local"), Cause.PATH_MISSING));

        await().untilAsserted(() -> assertThat(pushover.titles())
                .containsExactlyInAnyOrder(host + " has no ZFS snapshot", "last → local failed"));
    }

    @Test
    void a_restart_repeats_nothing_and_sends_what_was_left_over() {
        publish(failed(job("prowlarr/local"), Cause.WRONG_PASSWORD));
        await().untilAsserted(() -> assertThat(pushover.titles()).hasSize(1));
        awaitNothingDue();

        var channel = new FakeChannel();
        var restarted = new Sender(incidents, channel, new Wording(), List.of(Duration.ZERO), Clock.systemUTC());
        restarted.round();
        assertThat(channel.asked).noneMatch(note -> note.body().contains(host));

        var key = "job." + host + ".prowlarr.local.backup";
        var again = Pending.of(Pending.Why.REMINDER, Instant.now());
        incidents.change(key, now -> now.map(i -> withPending(i, again)));
        new Sender(incidents, channel, new Wording(), List.of(Duration.ZERO), Clock.systemUTC()).round();
        assertThat(channel.delivered)
                .filteredOn(note -> note.body().contains(host))
                .hasSize(1);
    }

    private static Incident withPending(Incident i, Pending pending) {
        return new Incident(
                i.key(),
                i.kind(),
                i.open(),
                i.parts(),
                i.course(),
                i.severity(),
                i.cause(),
                i.account(),
                i.toldAt(),
                Optional.of(pending));
    }

    @Test
    void garbage_on_the_bus_is_rejected_and_told_once() {
        for (int i = 0; i < 5; i++) {
            publish("backup.status." + host + ".prowlarr.local", bytes("garbage " + i));
        }
        await().untilAsserted(() -> assertThat(pushover.titles()).contains("backup.status: a message was refused"));
        await().untilAsserted(() -> assertThat(incidents.all())
                .filteredOn(i -> i.key().equals("rejected.status.unreadable"))
                .singleElement()
                .satisfies(i -> assertThat(i.course().times()).isGreaterThanOrEqualTo(5)));
        assertThat(pushover.titles()).hasSize(1);
    }

    @Test
    void garbage_among_the_rejected_messages_is_not_rejected_again() throws Exception {
        publish(Subjects.REJECTED, bytes("{"));

        await().untilAsserted(() ->
                assertThat(pushover.titles()).containsExactly("backup.rejected: holds a message that is no rejection"));
        var kept = nats.lastPerSubject(Subjects.EVENTS_STREAM, Subjects.REJECTED);
        assertThat(kept)
                .singleElement()
                .satisfies(value -> assertThat(value.body()).isEqualTo(bytes("{")));
    }

    @Test
    void a_status_on_the_subject_of_another_job_is_rejected() {
        publish("backup.status." + host + ".lidarr.local", Wire.write(succeeded(job("prowlarr/local"))));

        await().untilAsserted(() -> assertThat(nats.last(Subjects.EVENTS_STREAM, Subjects.REJECTED))
                .hasValueSatisfying(value -> assertThat(new String(value.body(), StandardCharsets.UTF_8))
                        .contains("not a message for subject backup.status." + host + ".lidarr.local")));
    }

    private String job(String serviceAndDestination) {
        return "2026-04-17/" + host + "/" + serviceAndDestination;
    }

    private void publish(JobStatus status) {
        publish(status.subject(), Wire.write(status));
    }

    private void publish(String subject, byte[] body) {
        nats.publish(subject, body, UUID.randomUUID().toString(), Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** That many answers of this kind, then success again. */
    private void answer(ResponseDefinitionBuilder response, int times) {
        for (int i = 0; i < times; i++) {
            pushover.http()
                    .stubFor(post(urlEqualTo(PushoverServer.PATH))
                            .inScenario("trouble")
                            .whenScenarioStateIs(i == 0 ? STARTED : "after " + i)
                            .willSetStateTo("after " + (i + 1))
                            .willReturn(response));
        }
        pushover.http()
                .stubFor(post(urlEqualTo(PushoverServer.PATH))
                        .inScenario("trouble")
                        .whenScenarioStateIs("after " + times)
                        .willReturn(aResponse().withStatus(200).withBody("{\"status\":1}")));
    }
}
