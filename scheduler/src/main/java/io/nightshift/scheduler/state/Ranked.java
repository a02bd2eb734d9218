package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import java.util.Comparator;

/** A target and how safe it is; the worst comes first, then by name. */
public record Ranked(Target target, Health health) implements Comparable<Ranked> {
    private static final Comparator<Ranked> ORDER =
            Comparator.comparing(Ranked::health).thenComparing(Ranked::target);

    @Override
    public int compareTo(Ranked other) {
        return ORDER.compare(this, other);
    }
}
