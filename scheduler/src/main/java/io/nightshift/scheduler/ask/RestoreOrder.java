package io.nightshift.scheduler.ask;

import io.nightshift.contract.Command;
import io.nightshift.contract.Names;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.event.RestoreRequest.Overwrite;
import io.nightshift.contract.event.RestoreRequest.Place;
import io.nightshift.contract.event.RestoreResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants back; all but host and services as in {@link RestoreRequest}.
 *
 * @param services names, or {@code all} alone for the whole host
 * @param destination from where; without it, or {@code all}, of each service the one that has the newest snapshot that fits
 * @param snapshot {@code latest} or an id, and {@code paths}: for one service alone
 * @param folder of several services, each gets a folder of its own name in it
 */
public record RestoreOrder(
        String host,
        List<String> services,
        Optional<String> destination,
        Optional<String> snapshot,
        Optional<Instant> at,
        List<String> paths,
        Optional<Place> place,
        Optional<String> folder,
        boolean delete,
        boolean dryRun,
        Optional<Overwrite> overwrite,
        Optional<Boolean> verify,
        Optional<Boolean> zfsSnapshot,
        boolean skipSpaceCheck)
        implements Command {

    public RestoreOrder {
        requireThat(host != null, "host is missing: whose data?");
        services = list(services);
        paths = list(paths);
        destination = optional(destination).filter(name -> !name.equals(Names.ALL));
        snapshot = optional(snapshot);
        at = optional(at);
        place = optional(place);
        folder = optional(folder);
        overwrite = optional(overwrite);
        verify = optional(verify);
        zfsSnapshot = optional(zfsSnapshot);
        requireThat(!services.isEmpty(), "services is missing: name them, or 'all' for the whole host");
        boolean one = services.size() == 1 && !isWholeHost(services);
        requireThat(one || paths.isEmpty(), "paths are for one service, not for several");
        requireThat(
                one || snapshot.filter(id -> !id.equals(RestoreRequest.LATEST)).isEmpty(),
                "a snapshot's id is for one service, not for several; 'at' is for all");
    }

    boolean ofWholeHost() {
        return isWholeHost(services);
    }

    /**
     * For real what a dry run of this order has said: the very snapshot, though there may be a newer one by now, and the very
     * folder.
     */
    public RestoreOrder asPlanned(RestoreResult plan) {
        return new RestoreOrder(
                host,
                services,
                destination,
                Optional.of(plan.snapshot()),
                Optional.empty(),
                paths,
                place,
                plan.folder(),
                delete,
                false,
                overwrite,
                verify,
                zfsSnapshot,
                skipSpaceCheck);
    }

    private static boolean isWholeHost(List<String> services) {
        return services.contains(Names.ALL);
    }

    /** @param several whether the service is not the only one */
    RestoreRequest request(String id, String service, boolean several) {
        return new RestoreRequest(
                Optional.of(id),
                snapshot,
                at,
                paths,
                place,
                folder.map(path -> several ? path + "/" + service : path),
                delete,
                dryRun,
                overwrite,
                verify,
                zfsSnapshot,
                skipSpaceCheck);
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    // An absent field arrives as null where the record has an Optional, whatever the annotations say.
    @SuppressWarnings({"OptionalUsedAsFieldOrParameterType", "OptionalAssignedToNull"})
    private static <T> Optional<T> optional(@Nullable Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    private static void requireThat(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
