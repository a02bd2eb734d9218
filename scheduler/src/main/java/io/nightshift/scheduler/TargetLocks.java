package io.nightshift.scheduler;

import io.nightshift.contract.Target;
import java.util.List;
import java.util.stream.Stream;

/** A lock for each target. Few share one: there are many more than things that are done at once. */
public final class TargetLocks {
    private static final int LOCKS = 256;

    private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

    public Object of(Target target) {
        return locks.get(Math.floorMod(target.hashCode(), LOCKS));
    }
}
