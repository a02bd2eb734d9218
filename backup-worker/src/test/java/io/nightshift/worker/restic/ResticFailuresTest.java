package io.nightshift.worker.restic;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.event.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those of restic 0.18.0, as it said them in a run. */
class ResticFailuresTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10 | Fatal: repository does not exist: unable to open config file | REPOSITORY_MISSING
            11 | repository is already locked by PID 3026 on vm by root (UID 0, GID 0) | REPOSITORY_LOCKED
            12 | Fatal: wrong password or no key found | WRONG_PASSWORD
            137 | Killed | OUT_OF_MEMORY
            130 | Fatal: context canceled | STOPPED
            1 | Fatal: unable to save snapshot: write /n/data/ba/x: no space left on device | DESTINATION_FULL
            1 | Fatal: unable to open repository at s3:http://h/b: s3.getCredentials: no credentials found | ACCESS_DENIED
            1 | Stat(<config/>) returned error: The request signature we calculated does not match | ACCESS_DENIED
            1 | Fatal: unable to open config file: Stat: Access Denied. | ACCESS_DENIED
            1 | Head "http://h/b/config": dial tcp 127.0.0.1:1: connect: connection refused | DESTINATION_UNREACHABLE
            1 | dial tcp: lookup nope.invalid on 10.0.0.1:53: no such host | DESTINATION_UNREACHABLE
            1 | Fatal: repository contains errors | REPOSITORY_DAMAGED
            1 | mkdir /n/data: read-only file system | ACCESS_DENIED
            1 | The specified bucket does not exist | REPOSITORY_MISSING
            1 | ReadFull(<data/7f46ec8d9d>): unexpected HTTP response (403): 403 Forbidden | ACCESS_DENIED
            1 | Load(<data/7f46ec8d9d>) failed: unexpected HTTP response (502): 502 Bad Gateway | DESTINATION_UNREACHABLE
            1 | Fatal: There were 403 errors | OTHER
            1 | Fatal: There were 1500 errors | OTHER
            1 | Load(<data/7f46ec8d9d>, 403, 0) failed: open /n/data/7f/7f46ec: no such file or directory | OTHER
            1 | lchown /w/restore-test/persist/mail/401/x: no such file or directory | OTHER
            1 | something nobody has seen before | OTHER
            77 | a code of the future | OTHER
            """)
    void each_end_has_its_cause(int code, String said, Cause cause) {
        var failure = ResticFailures.of("restic backup", code, said);
        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.exitCode()).contains(code);
        assertThat(failure.advice()).isNotBlank();
    }

    @Test
    void credentials_in_a_url_and_line_ends_are_not_shown() {
        var failure = ResticFailures.of("restic backup", 1, "Fatal: rest:https://me:geheim@host/x\nis not there");
        assertThat(failure.message())
                .doesNotContain("geheim")
                .doesNotContain("\n")
                .contains("rest:https://host/x");
    }

    @Test
    void no_answer_at_the_first_contact_is_unreachable_unless_the_words_say_more() {
        assertThat(ResticFailures.ended(Watch.Why.NO_CONTACT, "x", "returned error, retrying after 1s: odd")
                        .cause())
                .isEqualTo(Cause.DESTINATION_UNREACHABLE);
        assertThat(ResticFailures.ended(Watch.Why.NO_CONTACT, "x", "retrying after 1s: InvalidAccessKeyId")
                        .cause())
                .isEqualTo(Cause.ACCESS_DENIED);
    }

    @Test
    void what_stands_still_has_the_cause_that_restic_complained_of_if_it_may_pass() {
        assertThat(stalled("Save(<data/1>) returned error, retrying after 1s: write x: no space left on device"))
                .isEqualTo(Cause.DESTINATION_FULL);
        assertThat(stalled("")).isEqualTo(Cause.STALLED);
        assertThat(stalled("open /view/x: permission denied")).isEqualTo(Cause.STALLED);
    }

    private static Cause stalled(String said) {
        var failure = ResticFailures.ended(Watch.Why.STALLED, "restic backup", said);
        assertThat(failure.message()).contains("stood still");
        return failure.cause();
    }
}
