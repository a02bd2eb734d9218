package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * Which snapshots {@code restic forget} keeps, in its own terms; each number counts, {@code within…} are restic's
 * durations ({@code 1y5m7d2h}).
 */
public record Retention(
        Optional<Integer> last,
        Optional<Integer> hourly,
        Optional<Integer> daily,
        Optional<Integer> weekly,
        Optional<Integer> monthly,
        Optional<Integer> yearly,
        Optional<String> within,
        Optional<String> withinHourly,
        Optional<String> withinDaily,
        Optional<String> withinWeekly,
        Optional<String> withinMonthly,
        Optional<String> withinYearly,
        List<String> tags) {
    public Retention {
        last = Copies.optional(last);
        hourly = Copies.optional(hourly);
        daily = Copies.optional(daily);
        weekly = Copies.optional(weekly);
        monthly = Copies.optional(monthly);
        yearly = Copies.optional(yearly);
        within = Copies.optional(within);
        withinHourly = Copies.optional(withinHourly);
        withinDaily = Copies.optional(withinDaily);
        withinWeekly = Copies.optional(withinWeekly);
        withinMonthly = Copies.optional(withinMonthly);
        withinYearly = Copies.optional(withinYearly);
        tags = Copies.list(tags);
    }

    /** What is kept unless the fleet file says otherwise: last 3, daily 7, weekly 5, monthly 12. */
    public static Retention standard() {
        return counts(3, 7, 5, 12);
    }

    public static Retention counts(int last, int daily, int weekly, int monthly) {
        Optional<Integer> no = Optional.empty();
        Optional<String> none = Optional.empty();
        return new Retention(
                Optional.of(last),
                no,
                Optional.of(daily),
                Optional.of(weekly),
                Optional.of(monthly),
                no,
                none,
                none,
                none,
                none,
                none,
                none,
                List.of());
    }

    /** Whether it keeps anything at all: a policy that keeps nothing would remove every snapshot. */
    @JsonIgnore
    public boolean keepsSomething() {
        return List.of(last, hourly, daily, weekly, monthly, yearly).stream()
                        .anyMatch(n -> n.isPresent() && n.get() != 0)
                || List.of(within, withinHourly, withinDaily, withinWeekly, withinMonthly, withinYearly).stream()
                        .anyMatch(Optional::isPresent)
                || !tags.isEmpty();
    }
}
