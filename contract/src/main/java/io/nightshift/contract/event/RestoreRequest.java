package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.nightshift.contract.Command;
import io.nightshift.contract.Text;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Command on {@code backup.restore.<host>.<service>.<destination>}: bring data back. An empty body brings the newest
 * snapshot into a new folder of the worker's choice, which harms nothing.
 *
 * @param id names the restore in its states; without it, a name is made of the message's time. The same id twice for one
 *     service and destination is one restore
 * @param snapshot {@code latest}, or restic's id of at least 8 digits; without it, {@code at} or the newest
 * @param at the newest snapshot that is not later
 * @param paths absolute, as on the host; empty: everything that the snapshot has
 * @param folder where to, with {@link Place#FOLDER}; the worker allows it or not
 * @param delete removes what is not in the snapshot, below the paths that are restored, and nowhere else
 * @param dryRun only says what would be done
 * @param overwrite what becomes of files that are there; a folder that is not empty is refused without it
 * @param verify whether every file is read back and compared; so it is unless this is {@code false}
 * @param zfsSnapshot whether one is taken before a restore in place, on a host with ZFS; so it is unless this is {@code false}
 * @param skipSpaceCheck for what takes less space than its size says, such as sparse files
 */
public record RestoreRequest(
        Optional<String> id,
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
    public static final String LATEST = "latest";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern SNAPSHOT = Pattern.compile(LATEST + "|[0-9a-f]{8,64}");

    /** Where files come back to. */
    public enum Place {
        /** A folder, with the paths of the host below it. */
        @JsonProperty("folder")
        FOLDER,
        /** Where they were, with the service stopped and started around it. */
        @JsonProperty("in-place")
        IN_PLACE
    }

    /** restic's own policies, by its own words. */
    public enum Overwrite {
        @JsonProperty("always")
        ALWAYS,
        /** Takes a file of the same size and time for the same. */
        @JsonProperty("if-changed")
        IF_CHANGED,
        @JsonProperty("if-newer")
        IF_NEWER,
        @JsonProperty("never")
        NEVER;

        /** As in JSON, and as restic has it. */
        public String word() {
            return switch (this) {
                case ALWAYS -> "always";
                case IF_CHANGED -> "if-changed";
                case IF_NEWER -> "if-newer";
                case NEVER -> "never";
            };
        }
    }

    public RestoreRequest {
        id = Copies.optional(id);
        snapshot = Copies.optional(snapshot);
        at = Copies.optional(at);
        paths = Copies.list(paths);
        place = Copies.optional(place);
        folder = Copies.optional(folder);
        overwrite = Copies.optional(overwrite);
        verify = Copies.optional(verify);
        zfsSnapshot = Copies.optional(zfsSnapshot);
        id.ifPresent(name -> requireId("id", name));
        snapshot.ifPresent(RestoreRequest::requireSnapshot);
        requireThat(snapshot.isEmpty() || at.isEmpty(), "snapshot and at exclude each other");
        paths.forEach(path -> requirePlain("paths", path));
        folder.ifPresent(path -> requirePlain("folder", path));
        boolean inPlace = place.orElse(Place.FOLDER) == Place.IN_PLACE;
        requireThat(folder.isEmpty() || !inPlace, "folder is for place 'folder', not for 'in-place'");
        requireThat(!delete || inPlace || overwrite.isPresent(), "delete in a folder needs overwrite as well");
    }

    /** The safest one there is. */
    public static RestoreRequest newest() {
        return new RestoreRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    public RestoreRequest withId(String name) {
        return with(Optional.of(name), folder);
    }

    public RestoreRequest withFolder(String path) {
        return with(id, Optional.of(path));
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private RestoreRequest with(Optional<String> name, Optional<String> path) {
        return new RestoreRequest(
                name, snapshot, at, paths, place, path, delete, dryRun, overwrite, verify, zfsSnapshot, skipSpaceCheck);
    }

    public boolean inPlace() {
        return place.orElse(Place.FOLDER) == Place.IN_PLACE;
    }

    public boolean verifies() {
        return verify.orElse(true);
    }

    /** Only in place is anything lost without one. */
    public boolean wantsZfsSnapshot() {
        return inPlace() && zfsSnapshot.orElse(true);
    }

    static void requireId(String what, String id) {
        requireThat(ID.matcher(id).matches(), what + " has 1 to 64 letters, digits, '-' and '_'");
    }

    static void requireSnapshot(String snapshot) {
        requireThat(
                SNAPSHOT.matcher(snapshot).matches(), "snapshot is 'latest' or restic's id, at least 8 of its digits");
    }

    static void requirePlain(String what, String path) {
        requireThat(
                path.startsWith("/")
                        && path.length() > 1
                        && path.indexOf('\0') < 0
                        && Path.of(path).normalize().toString().equals(path),
                what + ": not an absolute, plain path: '" + Text.shown(path, 200) + "'");
    }

    private static void requireThat(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
