package io.nightshift.notifier;

import io.nightshift.contract.event.Cause;

/** Causes in words for a person. */
final class CauseWords {
    private CauseWords() {}

    static String of(Cause cause) {
        return switch (cause) {
            case SNAPSHOT_FAILED -> "no ZFS snapshot";
            case SNAPSHOT_GONE -> "the ZFS snapshot is gone";
            case PATH_MISSING -> "a path is missing";
            case PATH_EMPTY -> "a path is empty";
            case FILES_UNREADABLE -> "files could not be read";
            case SHRANK -> "much smaller than before";
            case WRONG_PASSWORD -> "wrong repository password";
            case ACCESS_DENIED -> "access denied";
            case REPOSITORY_MISSING -> "the repository is gone";
            case REPOSITORY_CHANGED -> "another repository than before";
            case REPOSITORY_LOCKED -> "the repository is locked";
            case REPOSITORY_DAMAGED -> "the repository is damaged";
            case DESTINATION_MISSING -> "not there or not mounted";
            case DESTINATION_UNREACHABLE -> "cannot be reached";
            case DESTINATION_FULL -> "no space left";
            case WORKER_DISK_FULL -> "no space left on the worker's own disk";
            case TIMED_OUT -> "took too long";
            case OUT_OF_MEMORY -> "out of memory";
            case STALLED -> "stood still";
            case LEASE_LOST -> "lost the lease of the repository";
            case COMMAND_FAILED -> "a command before or after it failed";
            case CONFIGURATION -> "wrong configuration";
            case STOPPED -> "the worker stopped";
            case SUPERSEDED -> "a later night took its place";
            case SNAPSHOT_UNKNOWN -> "no such snapshot";
            case PLACE_REFUSED -> "the place cannot be written to";
            case PLACE_FULL -> "no space for what is to come back";
            case PLACE_BUSY -> "another restore writes there";
            case RESTORE_INCOMPLETE -> "not everything came back";
            case OTHER -> "";
        };
    }
}
