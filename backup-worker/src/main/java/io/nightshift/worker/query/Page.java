package io.nightshift.worker.query;

import io.nightshift.contract.event.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps those that were asked for, and counts all. */
final class Page<T> implements Consumer<T> {
    private final int offset;
    private final int limit;
    private final List<T> items = new ArrayList<>();
    private int total;

    Page(Query query) {
        this.offset = query.offset();
        this.limit = query.limit();
    }

    @Override
    public void accept(T item) {
        if (total >= offset && items.size() < limit) {
            items.add(item);
        }
        total++;
    }

    int total() {
        return total;
    }

    List<T> items() {
        return items;
    }

    boolean more() {
        return offset + items.size() < total;
    }
}
