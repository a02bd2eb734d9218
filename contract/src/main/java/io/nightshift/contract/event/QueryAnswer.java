package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/** The answer of a worker to a {@link Query}. It fits into a message: where the items do not, {@code more} says so. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = QueryAnswer.Snapshots.class, name = "snapshots"),
    @JsonSubTypes.Type(value = QueryAnswer.Folder.class, name = "folder"),
    @JsonSubTypes.Type(value = QueryAnswer.Found.class, name = "found"),
    @JsonSubTypes.Type(value = QueryAnswer.Failed.class, name = "failed")
})
public sealed interface QueryAnswer {

    /** The same with half as many items. */
    QueryAnswer shorter();

    /**
     * @param total how many there are
     * @param items newest first
     * @param more whether there are others behind them
     */
    record Snapshots(int total, List<StoredSnapshot> items, boolean more) implements QueryAnswer {
        public Snapshots {
            items = Copies.list(items);
        }

        @Override
        public QueryAnswer shorter() {
            return new Snapshots(total, half(items), true);
        }
    }

    /**
     * @param snapshot restic's id, in full
     * @param snapshotTime of the ZFS snapshot that it was made from
     * @param path as on the host
     * @param items by name
     */
    record Folder(String snapshot, Instant snapshotTime, String path, int total, List<StoredFile> items, boolean more)
            implements QueryAnswer {
        public Folder {
            Copies.required("snapshot", snapshot);
            Copies.required("snapshotTime", snapshotTime);
            Copies.required("path", path);
            items = Copies.list(items);
        }

        @Override
        public QueryAnswer shorter() {
            return new Folder(snapshot, snapshotTime, path, total, half(items), true);
        }
    }

    /** @param items by path */
    record Found(String snapshot, Instant snapshotTime, int total, List<StoredFile> items, boolean more)
            implements QueryAnswer {
        public Found {
            Copies.required("snapshot", snapshot);
            Copies.required("snapshotTime", snapshotTime);
            items = Copies.list(items);
        }

        @Override
        public QueryAnswer shorter() {
            return new Found(snapshot, snapshotTime, total, half(items), true);
        }
    }

    /** Why there is no other answer. */
    record Failed(Failure failure) implements QueryAnswer {
        public Failed {
            Copies.required("failure", failure);
        }

        @Override
        public QueryAnswer shorter() {
            return this;
        }
    }

    private static <T> List<T> half(List<T> items) {
        return items.subList(0, items.size() / 2);
    }
}
