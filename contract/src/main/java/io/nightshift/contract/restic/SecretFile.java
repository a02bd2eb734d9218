package io.nightshift.contract.restic;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** A file of secrets: nobody but this user may read it, or change it. */
public final class SecretFile {
    private static final Set<PosixFilePermission> OPEN = Set.of(GROUP_READ, GROUP_WRITE, OTHERS_READ, OTHERS_WRITE);
    private static final Set<PosixFilePermission> OPEN_TO_ALL = Set.of(OTHERS_READ, OTHERS_WRITE);

    private SecretFile() {}

    /** What is wrong with it, and how to mend that. */
    public record Problem(String message, String advice) {}

    /**
     * Empty: it can be read, by this user alone.
     *
     * @param what its key in the fleet file
     */
    public static Optional<Problem> problem(Path file, String what) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            var why = Files.exists(file) ? "cannot be read" : "is not there";
            return Optional.of(new Problem(
                    what + " " + file + " " + why,
                    "put it on this machine, readable by the user who runs restic alone"));
        }
        return openness(file, what);
    }

    /** Empty: it is closed to others. */
    public static Optional<Problem> openness(Path file, String what) {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            return Collections.disjoint(permissions, OPEN)
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            what + " " + file + " is open to others: " + PosixFilePermissions.toString(permissions),
                            "chmod 600 it"));
        } catch (IOException e) {
            return Optional.of(new Problem(what + " " + file + " cannot be looked at: " + e, "see its folder"));
        }
    }

    /**
     * The permissions, such as {@code rw-r--r--}, of a file that every user of the machine may read or change; else empty. A group
     * may, as mounts of secrets are given to a service by it.
     */
    public static Optional<String> openToAll(Path file) throws IOException {
        var permissions = Files.getPosixFilePermissions(file);
        return Collections.disjoint(permissions, OPEN_TO_ALL)
                ? Optional.empty()
                : Optional.of(PosixFilePermissions.toString(permissions));
    }
}
