package io.nightshift.worker.restic;

import io.nightshift.contract.Text;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What restic's exit codes and words mean.
 *
 * <p>Source: restic manual, "Scripting / Exit codes": 10 and 11 since 0.17.0, 12 since 0.17.1, 130 interrupted. Exit 1 is
 * everything else, and only its words tell more: those of restic 0.18.0, of Go's net package, of minio-go and of Linux.
 */
final class ResticFailures {
    private static final int SHOWN = 500;

    private record Words(Pattern pattern, Cause cause, String advice) {}

    private static final String CREDENTIALS = "check the keys in env-file, and what they may do";
    private static final String NETWORK = "check the network and the server; it is tried again";
    private static final String DAMAGED =
            "follow https://restic.readthedocs.io/en/stable/077_troubleshooting.html before the next backup";

    /** Before a status of HTTP; so it is no part of a path, and no length or offset of {@code Load(<data/…>, 403, 0)}. */
    private static final String STATUS = "(?<![\\w/]|, )";

    /** The first that fits counts, so what is surest comes first. */
    private static final List<Words> TABLE = List.of(
            words(
                    "restic-(temp|check)-[^:]*: no space left on device",
                    Cause.WORKER_DISK_FULL,
                    "make room on the worker's disk, or move nightshift.worker.state-dir"),
            words(
                    "out of memory|cannot allocate memory",
                    Cause.OUT_OF_MEMORY,
                    "give the worker more memory; it is tried again"),
            words(
                    "no space left on device|disk quota exceeded|QuotaExceeded|insufficient storage|XMinioStorageFull",
                    Cause.DESTINATION_FULL,
                    "make room at the destination, or keep fewer snapshots"),
            words(
                    "Access ?Denied|SignatureDoesNotMatch|InvalidAccessKeyId|signature we calculated|"
                            + "no credentials found|" + STATUS + "40[13](?![\\w/]| errors)"
                            + "|Unauthorized|Forbidden|unable to authenticate",
                    Cause.ACCESS_DENIED,
                    CREDENTIALS),
            words(
                    "NoSuchBucket|specified bucket does not exist",
                    Cause.REPOSITORY_MISSING,
                    "see who removed the bucket"),
            words(
                    "repository contains errors|repository is damaged|ciphertext verification failed|"
                            + "not found in repository|invalid data returned|does not match id|pack file cannot be listed",
                    Cause.REPOSITORY_DAMAGED,
                    DAMAGED),
            words(
                    "connection refused|no route to host|network is unreachable|no such host|i/o timeout|"
                            + "TLS handshake timeout|connection reset|connection timed out|server misbehaving|"
                            + "x509|stale file handle|host is down|" + STATUS
                            + "50[0234] (?!errors)|transport endpoint",
                    Cause.DESTINATION_UNREACHABLE,
                    NETWORK),
            words(
                    "read-only file system",
                    Cause.ACCESS_DENIED,
                    "mount it so that it can be written to, or name it in ReadWritePaths= of the worker's systemd unit"),
            words(
                    "permission denied|operation not permitted",
                    Cause.ACCESS_DENIED,
                    "give the worker's user the right to write to the destination"));

    private ResticFailures() {}

    private static Words words(String pattern, Cause cause, String advice) {
        return new Words(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), cause, advice);
    }

    /**
     * @param code not 0
     * @param said the last words of restic, credentials and all
     */
    static Failure of(String what, int code, String said) {
        var shown = Text.shown(Urls.shown(said).strip(), SHOWN);
        return failure(what, code, said, shown).withExitCode(code);
    }

    /** Of a run that was given up: see {@link Watch}. */
    static Failure ended(Watch.Why why, String what, String said) {
        return switch (why) {
            case NO_CONTACT -> noContact(what, said);
            case STALLED -> stalled(what, said);
        };
    }

    private static Failure noContact(String what, String said) {
        var found = byWords(what, said, Text.shown(Urls.shown(said).strip(), SHOWN));
        return found.cause() == Cause.OTHER
                ? Failure.of(Cause.DESTINATION_UNREACHABLE, found.message(), NETWORK)
                : found;
    }

    /** What restic complained of, if that may pass: it tries again by itself for a quarter of an hour. */
    private static Failure stalled(String what, String said) {
        var found = byWords(
                what + " stood still, and was stopped",
                said,
                Text.shown(Urls.shown(said).strip(), SHOWN));
        return found.cause().isTransient() && found.cause() != Cause.OTHER
                ? found
                : Failure.of(
                        Cause.STALLED,
                        found.message(),
                        "see whether the destination, or the disk that is read, hangs; it is tried again");
    }

    private static Failure failure(String what, int code, String said, String shown) {
        return switch (code) {
            case 10 ->
                Failure.of(
                        Cause.REPOSITORY_MISSING,
                        what + ": there is no repository: " + shown,
                        "see whether the destination is mounted and who removed it; it is never created anew by itself");
            case 11 ->
                Failure.of(
                        Cause.REPOSITORY_LOCKED,
                        what + ": somebody else has locked the repository: " + shown,
                        "see who uses it; it is tried again");
            case 12 ->
                Failure.of(
                        Cause.WRONG_PASSWORD,
                        what + ": wrong password",
                        "correct password-file: it must hold the password the repository was created with");
            case 137 ->
                Failure.of(
                        Cause.OUT_OF_MEMORY,
                        what + ": killed, most likely for lack of memory",
                        "give the worker more memory; it is tried again");
            case 130, 143 ->
                Failure.of(
                        Cause.STOPPED,
                        what + ": stopped by somebody",
                        "see who ends it (earlyoom does, for lack of memory; journalctl -k says more); it is tried again");
            default -> byWords(what, said, shown);
        };
    }

    private static Failure byWords(String what, String said, String shown) {
        return TABLE.stream()
                .filter(words -> words.pattern().matcher(said).find())
                .findFirst()
                .map(words -> Failure.of(words.cause(), what + ": " + shown, words.advice()))
                .orElseGet(() ->
                        Failure.of(Cause.OTHER, what + ": " + shown, "see the words of restic; it is tried again"));
    }
}
