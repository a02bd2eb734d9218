package io.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.Wire;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    @Test
    void a_worker_that_never_said_how_it_went_has_crashed() {
        var second = Attempts.NONE.begin("one").begin("two");
        assertThat(second.crashes()).isEqualTo(1);
        assertThat(second.begun()).isEqualTo(2);
        assertThat(second.failures()).isZero();
    }

    @Test
    void a_stop_costs_nothing_and_a_failure_is_no_crash() {
        assertThat(Attempts.NONE.begin("one").stopped("one").begin("two").stopped("two"))
                .isEqualTo(new Attempts(2, 0, 0, java.util.Optional.empty()));
        assertThat(Attempts.NONE.begin("one").failed("one").begin("two").crashes())
                .isZero();
    }

    /** NATS was away when it ended: the process lives, and takes the job again. */
    @Test
    void an_end_that_could_not_be_written_down_is_no_crash_to_the_same_process() {
        assertThat(Attempts.NONE.begin("one").begin("one").crashes()).isZero();
    }

    @Test
    void who_waits_in_vain_for_the_lease_does_not_end_the_run_of_the_one_that_has_it() {
        var waited = Attempts.NONE.begin("one").missed(true);
        assertThat(waited.runningIn()).contains("one");
        assertThat(waited.failures()).isEqualTo(1);
        assertThat(waited.failed("two").runningIn()).contains("one");
    }

    @Test
    void it_is_read_as_it_is_written() {
        var attempts = Attempts.NONE.begin("one");
        assertThat(Wire.read(Wire.write(attempts), Attempts.class)).isEqualTo(attempts);
        assertThat(Wire.read("{\"begun\":2}".getBytes(), Attempts.class))
                .isEqualTo(new Attempts(2, 0, 0, java.util.Optional.empty()));
    }
}
