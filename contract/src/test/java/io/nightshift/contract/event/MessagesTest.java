package io.nightshift.contract.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.JobId;
import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Instant AT = Instant.parse("2026-04-17T09:30:12.5Z");
    private static final JobId JOB = JobId.parse("2026-04-17/daedalus/prowlarr/local");

    @Test
    void an_empty_body_starts_a_night_of_all_hosts_at_once_and_the_same_one_however_often_it_is_read() {
        var start = Wire.read(new byte[0], StartNight.class);

        assertThat(start).isEqualTo(StartNight.now());
        assertThat(start.concerns("daedalus")).isTrue();
        var night = start.resolve(AT, ZoneId.of("Australia/Sydney"));
        assertThat(night).isEqualTo(new Night(new NightId("2026-04-17T193012.500"), AT, Optional.empty()));
        assertThat(start.resolve(AT, ZoneId.of("Australia/Sydney"))).isEqualTo(night);
    }

    @Test
    void a_person_cannot_take_the_place_of_a_scheduled_night_by_chance() {
        assertThat(StartNight.now().resolve(AT, ZoneId.of("UTC")).id().isScheduled())
                .isFalse();
    }

    @Test
    void an_empty_request_is_a_backup_from_the_nights_snapshot() {
        var request = Wire.read(" \n".getBytes(StandardCharsets.UTF_8), BackupRequest.class);

        assertThat(request.snapshot()).isEmpty();
        assertThat(request.work()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "null",
                "{\"snapshot\":\"old\"}",
                "{\"work\":\"delete\"}",
                "{} {}",
                "{\"snapshot\":5}",
                "{\"snapshot\":\"fresh\",\"work\":\"check\"}"
            })
    void what_is_no_request_is_refused_in_one_line(String body) {
        assertThatThrownBy(() -> Wire.read(body.getBytes(StandardCharsets.UTF_8), BackupRequest.class))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("not a BackupRequest")
                .hasMessageNotContainingAny("\n");
    }

    /** With the line and column of the place, for whoever wrote it by hand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'dryrun':true} | there is no field 'dryrun'; known: at, delete, dryRun",
                "{'dryRun':'true'} | without quotes, not 'true' (line 1, column 11)",
                "{'dryRun':1} | write true or false",
                "{'dryRun':null} | write true or false",
                "{'dryRun':true,'dryRun':false} | Duplicate field 'dryRun' (line 1, column 24)",
                "{'verify':'no'} | (line 1, column 11)",
                "{'at':1776400000000} | is no time: write one as",
                "{'at':''} | is no time: write one as",
                "{'place':1} | (line 1, column 10)",
                "{'place':''} | (line 1, column 10)",
                "{'id':5} | (line 1, column 7)",
                "{'paths':'/a'} | (line 1, column 10)",
                "{'paths':[7]} | (line 1, column 11)",
                "{'paths':[null]} | (line 1, column 16)",
                "{} x | (line 1, column",
                "{}{} | Trailing token"
            })
    void a_command_that_is_only_half_understood_is_refused(String body, String reason) {
        assertThatThrownBy(() -> Wire.read(json(body), RestoreRequest.class))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("not a RestoreRequest: ")
                .hasMessageContaining(reason);
    }

    @Test
    void all_commands_are_read_as_strictly() {
        for (var command : List.of(StartNight.class, BackupRequest.class, RestoreRequest.class, RestoreCancel.class)) {
            assertThat(Wire.read(new byte[0], command)).isNotNull();
            assertThatThrownBy(() -> Wire.read(json("{'colour':'red'}"), command))
                    .hasMessageContaining("there is no field 'colour'");
        }
    }

    /** Only the fleet file may say such things. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'options':['sftp.command=id']}",
                "{'resticOptions':['--password-command=id']}",
                "{'repository':'rclone:x','rclone':{'program':'id'}}",
                "{'environment':{'RESTIC_PASSWORD_COMMAND':'id'}}"
            })
    void no_command_has_a_word_for_an_option_of_restic(String body) {
        for (var command : List.of(StartNight.class, BackupRequest.class, RestoreRequest.class, RestoreCancel.class)) {
            assertThatThrownBy(() -> Wire.read(json(body), command)).isInstanceOf(MalformedMessageException.class);
        }
        assertThatThrownBy(() -> Query.read(json(body.replaceFirst("\\{", "{'ask':'snapshots',"))))
                .isInstanceOf(MalformedMessageException.class);
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_field_that_a_newer_writer_added_is_ignored_and_an_unknown_cause_is_read_as_other() {
        var body = """
                {"state":"failed","job":"2026-04-17/h/s/d","at":"2026-04-17T00:00:00Z","attempt":1,"colour":"red",
                 "failure":{"cause":"comet","message":"m"}}""";

        var status = Wire.read(body.getBytes(StandardCharsets.UTF_8), JobStatus.class);

        assertThat(status.problem().orElseThrow().cause()).isEqualTo(Cause.OTHER);
    }

    @Test
    void only_queued_and_running_are_not_the_end() {
        var failure = Failure.of(Cause.OTHER, "m", "a");

        assertThat(new JobStatus.Queued(JOB, AT, 0, AT, Optional.empty()).isFinal())
                .isFalse();
        assertThat(new JobStatus.Running(JOB, AT, 1, "w").isFinal()).isFalse();
        assertThat(new JobStatus.Failed(JOB, AT, 1, failure).isFinal()).isTrue();
        assertThat(new JobStatus.Interrupted(JOB, AT, 1, failure).isFinal()).isTrue();
        assertThat(new JobStatus.Skipped(JOB, AT, 0, failure).isFinal()).isTrue();
    }

    @Test
    void a_repeat_of_the_end_has_the_same_event_id_whatever_the_end_was() {
        var failed = new JobStatus.Failed(JOB, AT, 1, Failure.of(Cause.OTHER, "m", "a"));
        var again = new JobStatus.Failed(JOB, AT.plusSeconds(9), 2, Failure.of(Cause.TIMED_OUT, "m", "a"));

        assertThat(failed.cloudEvent("/w").id())
                .isEqualTo(again.cloudEvent("/w").id());
    }

    @Test
    void a_failure_carries_twenty_paths_and_the_count_of_all() {
        var paths = IntStream.range(0, 100).mapToObj(i -> "/p" + i).toList();

        var failure = Failure.of(Cause.FILES_UNREADABLE, "m", "a").withPaths(paths, 100);

        assertThat(failure.paths()).hasSize(20);
        assertThat(failure.pathCount()).isEqualTo(100);
    }

    @Test
    void a_retention_that_keeps_nothing_never_becomes_a_job() {
        var limits = new Limits(java.time.Duration.ofHours(1), Optional.empty(), Optional.empty(), 1);

        assertThatThrownBy(() ->
                        new Job.Forget(JobId.parse(JOB + "/forget"), AT, "/r", limits, Retention.counts(0, 0, 0, 0)))
                .hasMessageContaining("remove every snapshot");
    }

    @Test
    void a_job_has_the_id_of_its_own_work() {
        var limits = new Limits(java.time.Duration.ofHours(1), Optional.empty(), Optional.empty(), 1);

        assertThatThrownBy(() -> new Job.Check(JOB, AT, "/r", limits, Optional.empty()))
                .hasMessageContaining("not of a check");
    }

    @Test
    void hosts_restrict_a_night() {
        var start = new StartNight(Optional.empty(), Optional.empty(), Optional.empty(), List.of("icarus"));

        assertThat(start.concerns("icarus")).isTrue();
        assertThat(start.concerns("daedalus")).isFalse();
    }

    @Test
    void an_empty_body_restores_the_newest_snapshot_to_a_folder() {
        var request = Wire.read(new byte[0], RestoreRequest.class);

        assertThat(request).isEqualTo(RestoreRequest.newest());
        assertThat(request.inPlace()).isFalse();
        assertThat(request.verifies()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a.b\"}",
                "{\"id\":\"../x\"}",
                "{\"snapshot\":\"newest\"}",
                "{\"snapshot\":\"-x345678\"}",
                "{\"snapshot\":\"latest\",\"at\":\"2026-04-17T00:00:00Z\"}",
                "{\"paths\":[\"relative\"]}",
                "{\"paths\":[\"/a/../b\"]}",
                "{\"paths\":[\"/\"]}",
                "{\"folder\":\"/a/\"}",
                "{\"place\":\"in-place\",\"folder\":\"/a\"}",
                "{\"place\":\"elsewhere\"}",
                "{\"delete\":true}"
            })
    void a_restore_that_could_be_misunderstood_is_refused(String body) {
        assertThatThrownBy(() -> Wire.read(body.getBytes(StandardCharsets.UTF_8), RestoreRequest.class))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void an_empty_query_asks_for_the_newest_snapshots() {
        assertThat(Query.read(new byte[0])).isEqualTo(new Query.Snapshots(0, Query.DEFAULT_LIMIT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ask\":\"everything\"}",
                "{\"ask\":\"snapshots\",\"host\":\"other\"}",
                "{\"ask\":\"snapshots\",\"limit\":1001}",
                "{\"ask\":\"snapshots\",\"offset\":-1}",
                "{\"ask\":\"folder\",\"snapshot\":\"--host\",\"path\":\"/\"}",
                "{\"ask\":\"folder\",\"snapshot\":\"latest:/\",\"path\":\"/\"}",
                "{\"ask\":\"folder\",\"snapshot\":\"latest\",\"path\":\"relative\"}",
                "{\"ask\":\"folder\",\"snapshot\":\"latest\",\"path\":\"/a/../b\"}",
                "{\"ask\":\"folder\",\"snapshot\":\"latest\",\"path\":\"/a\\u0000b\"}",
                "{\"ask\":\"find\",\"snapshot\":\"latest\",\"name\":\"\"}",
                "{\"ask\":\"find\",\"snapshot\":\"latest\",\"name\":\"a/b\"}",
                "{\"ask\":\"find\",\"snapshot\":\"latest\",\"name\":\"a\\nb\"}"
            })
    void a_query_that_is_not_understood_wholly_is_refused(String body) {
        assertThatThrownBy(() -> Query.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedMessageException.class);
    }
}
