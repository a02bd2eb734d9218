package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.nightshift.contract.NightId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a backup reads from, and how it is found.
 *
 * @param night for which it was taken; a manual job may read from the night's
 * @param slot it was created no earlier
 * @param createdAt of the ZFS snapshot; a copy's is the moment it was complete
 * @param view with {@link Access#VIEW}, the absolute path of the view on the host; its last element is its name
 * @param datasets every dataset of the host, parents first
 * @param gaps where, below one of those, another dataset is mounted on the host, or should be, that cannot be read here: it
 *     looks like an empty folder, so a path that holds one, or is in one, cannot be backed up
 */
public record SnapshotSource(
        NightId night,
        Instant slot,
        Instant createdAt,
        Kind kind,
        Access access,
        Optional<String> view,
        List<DatasetSnapshot> datasets,
        List<String> gaps) {

    /** Of what nature it is: only ZFS gives one instant; a copy says plainly that it is one. */
    public enum Kind {
        @JsonProperty("zfs")
        ZFS,
        @JsonProperty("copy")
        COPY
    }

    /** How it is read. */
    public enum Access {
        /** All ZFS snapshots mounted as one tree, each where its dataset is mounted on the host. */
        @JsonProperty("view")
        VIEW,
        /** Through {@code <mountpoint>/.zfs/snapshot/<name>}, where nothing may be mounted. */
        @JsonProperty("dot-zfs")
        DOT_ZFS
    }

    public SnapshotSource {
        Copies.required("night", night);
        Copies.required("slot", slot);
        Copies.required("createdAt", createdAt);
        Copies.required("kind", kind);
        Copies.required("access", access);
        view = Copies.optional(view);
        datasets = Copies.list(datasets);
        gaps = Copies.list(gaps);
        if (access == Access.VIEW && view.isEmpty()) {
            throw new IllegalArgumentException("missing: 'view', which access 'view' needs");
        }
    }

    /** Without gaps. */
    public SnapshotSource(
            NightId night,
            Instant slot,
            Instant createdAt,
            Kind kind,
            Access access,
            Optional<String> view,
            List<DatasetSnapshot> datasets) {
        this(night, slot, createdAt, kind, access, view, datasets, List.of());
    }
}
