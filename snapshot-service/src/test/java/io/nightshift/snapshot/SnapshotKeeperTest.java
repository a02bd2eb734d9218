package io.nightshift.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotKeeperTest {
    private static final NightId FRIDAY = new NightId("2026-04-17");
    private static final NightId SATURDAY = new NightId("2026-04-18");
    private static final NightId BY_DAY = new NightId("2026-04-18T093012.000");

    /** Of the 17th; the 18th is a day later. */
    private static final Instant SLOT = Instant.parse("2026-04-16T16:00:00Z");

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Instant now = SLOT.plusSeconds(1);
    private final FakeSnapshots snapshots = new FakeSnapshots(() -> now);
    private final FakeAnnouncements bus = new FakeAnnouncements();
    private Views views;
    private SnapshotKeeper keeper;
    private final List<NightId> inspected = new ArrayList<>();
    private boolean inspectionFails;

    @BeforeEach
    void prepare() {
        views = new Views(folder.resolve("Ansichten der Nacht"));
        restart();
    }

    private void restart() {
        var config = new SmallRyeConfigBuilder()
                .withDefaultValue("nightshift.fleet", "fleet.yaml")
                .withDefaultValue("nightshift.snapshot.host", "daedalus")
                .withMapping(SnapshotConfig.class)
                .build()
                .getConfigMapping(SnapshotConfig.class);
        keeper = new SnapshotKeeper(config.snapshot(), snapshots, bus, views, this::inspect, () -> now);
    }

    private void inspect(SnapshotEvent.Ready ready) {
        inspected.add(ready.night());
        if (inspectionFails) {
            throw new IllegalStateException("NATS is away");
        }
    }

    @Test
    void a_night_is_inspected_once_and_again_after_a_restart_or_a_failure() throws Exception {
        keeper.tidy();
        assertThat(inspected).isEmpty();
        start(FRIDAY, SLOT);
        inspectionFails = true;
        assertThatThrownBy(keeper::tidy).hasMessage("NATS is away");
        inspectionFails = false;
        keeper.tidy();
        keeper.tidy();
        assertThat(inspected).containsExactly(FRIDAY, FRIDAY);

        restart();
        keeper.tidy();
        startSaturday();
        keeper.tidy();
        assertThat(inspected).containsExactly(FRIDAY, FRIDAY, FRIDAY, SATURDAY);
    }

    @Test
    void what_cannot_be_read_is_not_inspected() throws Exception {
        start(FRIDAY, SLOT);
        snapshots.sets.clear();
        keeper.tidy();

        assertThat(inspected).isEmpty();
    }

    @Test
    void a_night_is_taken_marked_and_announced() throws Exception {
        start(FRIDAY, SLOT);

        assertThat(bus.lastReady().orElseThrow().night()).isEqualTo(FRIDAY);
        assertThat(views.marker(FRIDAY)).isEqualTo(bus.lastReady());
        assertThat(names()).containsExactly("base");
    }

    @Test
    void a_second_delivery_of_the_same_start_takes_and_says_nothing_more() throws Exception {
        start(FRIDAY, SLOT);
        start(FRIDAY, SLOT);

        assertThat(snapshots.taken).containsExactly(FRIDAY);
        assertThat(bus.events).hasSize(1);
    }

    @Test
    void what_was_taken_but_not_announced_is_announced_as_it_is() throws Exception {
        bus.away = true;
        assertThatThrownBy(() -> start(FRIDAY, SLOT)).hasMessage("NATS is away");
        bus.away = false;
        now = now.plusSeconds(60);
        start(FRIDAY, SLOT);

        assertThat(snapshots.taken).containsExactly(FRIDAY);
        assertThat(bus.lastReady()).isEqualTo(views.marker(FRIDAY));
    }

    @Test
    void a_service_that_died_before_the_announcement_starts_afresh() throws Exception {
        var half = new Kept("base", Optional.of(FRIDAY), now, true);
        snapshots.sets.add(half);
        now = now.plusSeconds(60);
        start(FRIDAY, SLOT);

        assertThat(snapshots.sets).hasSize(1).doesNotContain(half);
        assertThat(bus.lastReady().orElseThrow().source().createdAt()).isEqualTo(now);
    }

    @Test
    void the_next_night_takes_the_place_of_a_released_one() throws Exception {
        start(FRIDAY, SLOT);
        keeper.released(FRIDAY);
        assertThat(snapshots.sets).singleElement().returns(false, Kept::held);

        startSaturday();

        assertThat(snapshots.sets).singleElement().returns(Optional.of(SATURDAY), Kept::night);
        assertThat(names()).containsExactly("base");
    }

    @Test
    void the_next_night_leaves_what_unfinished_jobs_need_and_takes_another_name() throws Exception {
        start(FRIDAY, SLOT);
        startSaturday();
        assertThat(names()).containsExactly("base", "base_2026-04-18");

        keeper.released(FRIDAY);

        assertThat(names()).containsExactly("base_2026-04-18");
    }

    @Test
    void what_is_busy_at_its_release_goes_later() throws Exception {
        start(FRIDAY, SLOT);
        startSaturday();
        snapshots.busy.add("base");
        keeper.released(FRIDAY);
        assertThat(names()).containsExactly("base", "base_2026-04-18");

        snapshots.busy.clear();
        keeper.tidy();

        assertThat(names()).containsExactly("base_2026-04-18");
    }

    @Test
    void the_newest_night_stays_readable_after_its_release() throws Exception {
        start(FRIDAY, SLOT);
        keeper.released(FRIDAY);
        keeper.tidy();

        assertThat(names()).containsExactly("base");
        assertThat(views.marker(FRIDAY)).isPresent();
    }

    @Test
    void a_release_that_comes_twice_or_for_another_night_harms_nothing() throws Exception {
        start(FRIDAY, SLOT);
        keeper.released(new NightId("2026-04-16"));
        assertThat(snapshots.sets).singleElement().returns(true, Kept::held);

        keeper.released(FRIDAY);
        keeper.released(FRIDAY);

        assertThat(snapshots.sets).singleElement().returns(false, Kept::held);
    }

    @Test
    void a_hold_that_nobody_releases_ends_after_its_limit() throws Exception {
        start(FRIDAY, SLOT);
        startSaturday();
        now = now.plus(Duration.ofDays(8));
        keeper.tidy();

        assertThat(names()).containsExactly("base_2026-04-18");
    }

    @Test
    void after_a_reboot_the_newest_night_is_made_readable_again() throws Exception {
        start(FRIDAY, SLOT);
        views.withdraw(FRIDAY);
        snapshots.readable = false;

        restart();
        keeper.tidy();

        assertThat(snapshots.readable).isTrue();
        assertThat(views.marker(FRIDAY)).isEqualTo(bus.lastReady());
        assertThat(names()).containsExactly("base");
    }

    @Test
    void a_failure_is_announced_with_advice_and_not_tried_again_for_the_same_message() throws Exception {
        snapshots.failure = Optional.of(new SnapshotException("no such dataset: rpool/x", "correct it"));
        start(FRIDAY, SLOT);
        snapshots.failure = Optional.empty();
        start(FRIDAY, SLOT);

        assertThat(bus.lastFailed()).hasValueSatisfying(failed -> {
            assertThat(failed.night()).isEqualTo(FRIDAY);
            assertThat(failed.reason()).isEqualTo("no such dataset: rpool/x");
            assertThat(failed.advice()).isEqualTo("correct it");
        });
        assertThat(bus.events).hasSize(1);
        assertThat(snapshots.taken).isEmpty();
    }

    @Test
    void what_nobody_foresaw_is_announced_too() throws Exception {
        snapshots.error = Optional.of(new StackOverflowError("too deep"));
        start(FRIDAY, SLOT);

        assertThat(bus.lastFailed())
                .hasValueSatisfying(failed ->
                        assertThat(failed.reason()).isEqualTo("unexpected: java.lang.StackOverflowError: too deep"));
        assertThat(views.marker(FRIDAY)).isEmpty();
    }

    @Test
    void a_failed_night_that_is_asked_for_again_is_tried_again() throws Exception {
        snapshots.failure = Optional.of(new SnapshotException("pool is full", "free some space"));
        start(FRIDAY, SLOT);
        snapshots.failure = Optional.empty();
        now = now.plusSeconds(60);
        keeper.start(night(FRIDAY, SLOT), now);

        assertThat(bus.lastReady().orElseThrow().night()).isEqualTo(FRIDAY);
    }

    @Test
    void a_start_of_long_ago_is_ignored() throws Exception {
        now = SLOT.plus(DAY).plusSeconds(1);
        start(FRIDAY, SLOT);

        assertThat(bus.events).isEmpty();
    }

    @Test
    void a_start_of_a_night_before_the_announced_one_is_ignored() throws Exception {
        now = SLOT.plusSeconds(7200);
        start(BY_DAY, SLOT.plusSeconds(3600));
        start(FRIDAY, SLOT);

        assertThat(snapshots.taken).containsExactly(BY_DAY);
    }

    @Test
    void a_slot_far_ahead_means_that_the_clocks_are_wrong() throws Exception {
        now = SLOT.minusSeconds(300);
        start(FRIDAY, SLOT);

        assertThat(bus.lastFailed().orElseThrow().reason()).contains("still to come", SLOT.toString(), now.toString());
    }

    @Test
    void the_whole_second_of_a_zfs_snapshot_is_not_older_than_the_slot() {
        Instant slot = Instant.parse("2026-04-18T07:30:12.345Z");

        assertThat(SlotClock.untilReached(slot, slot)).isEqualTo(Duration.ofMillis(705));
        assertThat(SlotClock.untilReached(SLOT, SLOT)).isEqualTo(Duration.ofMillis(50));
        assertThat(SlotClock.untilReached(SLOT, SLOT.plusSeconds(3))).isNegative();
    }

    @Test
    void what_others_took_under_our_name_goes_only_for_a_new_night() throws Exception {
        snapshots.sets.add(new Kept("base", Optional.empty(), SLOT.minus(DAY), false));
        keeper.tidy();
        assertThat(snapshots.taken).isEmpty();
        assertThat(names()).containsExactly("base");

        start(FRIDAY, SLOT);

        assertThat(snapshots.sets).singleElement().returns(Optional.of(FRIDAY), Kept::night);
    }

    private void startSaturday() throws InterruptedException {
        now = now.plus(DAY);
        start(SATURDAY, SLOT.plus(DAY));
    }

    private void start(NightId id, Instant slot) throws InterruptedException {
        keeper.start(night(id, slot), slot);
    }

    private static Night night(NightId id, Instant slot) {
        return new Night(id, slot, Optional.empty());
    }

    private List<String> names() {
        return snapshots.sets.stream().map(Kept::name).toList();
    }
}
