package io.nightshift.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private static final int LIMIT_SECONDS = 30;
    private static final List<Integer> TWELVE = IntStream.range(0, 12).boxed().toList();

    private final List<Integer> done = new CopyOnWriteArrayList<>();

    @Test
    void as_many_as_it_was_told_are_at_it_at_once_and_no_more() {
        var three = new CyclicBarrier(3);
        var now = new AtomicInteger();
        var most = new AtomicInteger();

        Together.atOnce(3).forEach(TWELVE, number -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            await(three);
            done.add(number);
            now.decrementAndGet();
        });

        assertThat(most).hasValue(3);
        assertThat(done).containsExactlyInAnyOrderElementsOf(TWELVE);
    }

    @Test
    void one_after_the_other_keeps_the_order() {
        Together.oneAfterTheOther().forEach(TWELVE, done::add);

        assertThat(done).isEqualTo(TWELVE);
    }

    @Test
    void after_a_failure_nothing_more_is_begun_and_the_failure_itself_is_thrown() {
        var failure = new IllegalStateException("no server");

        assertThatThrownBy(() -> Together.oneAfterTheOther().forEach(TWELVE, number -> {
                    if (number == 3) {
                        throw failure;
                    }
                    done.add(number);
                }))
                .isSameAs(failure);

        assertThat(done).containsExactly(0, 1, 2);
    }

    /** Whichever of the three fails, the two others are brought to their end before it is thrown. */
    @Test
    void what_was_begun_is_awaited_when_another_fails() {
        var three = new CyclicBarrier(3);

        assertThatThrownBy(() -> Together.atOnce(3).forEach(List.of(0, 1, 2), number -> {
                    await(three);
                    if (number == 0) {
                        throw new IllegalStateException("no server");
                    }
                    done.add(number);
                }))
                .hasMessage("no server");

        assertThat(done).containsExactlyInAnyOrder(1, 2);
    }

    /** A night must not wait for the jobs of another one to be planned. */
    @Test
    void whoever_is_done_does_not_wait_for_what_others_have_it_do() throws Exception {
        var together = Together.atOnce(2);
        var bothBusy = new CyclicBarrier(3);
        var end = new CountDownLatch(1);
        var other = new Thread(() -> together.forEach(List.of(0, 1), number -> {
            await(bothBusy);
            await(end);
        }));
        other.start();
        await(bothBusy);

        var own = new Thread(() -> together.forEach(TWELVE, done::add));
        own.start();
        own.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));

        assertThat(own.isAlive()).isFalse();
        assertThat(other.isAlive()).isTrue();
        assertThat(done).isEqualTo(TWELVE);
        end.countDown();
        other.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(LIMIT_SECONDS * 2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
