package io.nightshift.scheduler.page;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.RestoreResult;
import io.nightshift.scheduler.ask.RestoreOrder;
import io.nightshift.scheduler.ask.Restoring;
import io.nightshift.scheduler.state.RestoreState;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Dry runs that wait to be confirmed, kept here and not in the browser: what is carried out is what was seen. Those of a
 * scheduler that was restarted are forgotten, and have to be made anew. Thread-safe.
 */
@Singleton
class Plans {
    private static final int LIMIT = 200;

    private record Key(Target target, String id) {}

    private final Restoring restoring;
    private final Map<Key, RestoreOrder> waiting = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RestoreOrder> eldest) {
            return size() > LIMIT;
        }
    };

    Plans(Restoring restoring) {
        this.restoring = restoring;
    }

    /** @param order a dry run of one service at one destination */
    RestoreState make(RestoreOrder order) {
        var state = restoring.order(order).get(0);
        synchronized (waiting) {
            waiting.put(new Key(state.target(), state.id()), order);
        }
        return state;
    }

    /** Whether that one can be carried out: it is known here, and has ended well. */
    boolean isReady(RestoreState plan) {
        synchronized (waiting) {
            return waiting.containsKey(key(plan)) && result(plan).isPresent();
        }
    }

    /**
     * Once: a second press of the button finds nothing. Where NATS does not take it, the plan stays, and another press is
     * the same restore.
     *
     * @throws IllegalArgumentException if it is not ready
     */
    RestoreState carryOut(RestoreState plan) {
        var result = result(plan).orElseThrow(() -> unknown(plan));
        RestoreOrder order;
        synchronized (waiting) {
            order = waiting.remove(key(plan));
        }
        if (order == null) {
            throw unknown(plan);
        }
        try {
            return restoring.order(order.asPlanned(result), plan.id() + "-done").get(0);
        } catch (RuntimeException e) {
            synchronized (waiting) {
                waiting.put(key(plan), order);
            }
            throw e;
        }
    }

    private static Optional<RestoreResult> result(RestoreState plan) {
        return plan.result().filter(RestoreResult::dryRun);
    }

    private static Key key(RestoreState plan) {
        return new Key(plan.target(), plan.id());
    }

    private static IllegalArgumentException unknown(RestoreState plan) {
        return new IllegalArgumentException("the plan " + plan.id() + " of " + plan.target()
                + " was carried out already, or is not known any more; make a new one");
    }
}
