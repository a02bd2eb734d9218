package io.nightshift.contract;

import java.util.List;

/**
 * The subjects of the bus. Tokens are always in the order host, service, destination; lower case; general to special.
 * Wildcards are NATS' own: {@code *} one token, {@code >} all that follow.
 */
public final class Subjects {
    public static final String NIGHT_START = "backup.night.start";
    public static final String REJECTED = "backup.rejected";

    public static final String SNAPSHOTS = "backup.snapshot.>";
    public static final String REQUESTS = "backup.request.>";
    public static final String JOBS = "backup.job.*.*.*";
    public static final String STATUSES = "backup.status.*.*.*";
    public static final String UPKEEPS = "backup.upkeep.*.*.*.*";
    public static final String ALERTS = "backup.alert.>";
    public static final String RESTORES = "backup.restore.*.*.*";
    public static final String RESTORED = "backup.restored.*.*.*";

    /** The streams that keep them; their settings are in this library's {@code META-INF/microprofile-config.properties}. */
    public static final String EVENTS_STREAM = "BACKUP_EVENTS";

    public static final String REQUESTS_STREAM = "BACKUP_REQUESTS";
    public static final String JOBS_STREAM = "BACKUP_JOBS";
    public static final String STATUS_STREAM = "BACKUP_STATUS";
    public static final String RESTORES_STREAM = "BACKUP_RESTORES";

    private static final String REQUEST_PREFIX = "backup.request.";

    private Subjects() {}

    public static String snapshotReady(String host) {
        return "backup.snapshot." + host + ".ready";
    }

    public static String snapshotFailed(String host) {
        return "backup.snapshot." + host + ".failed";
    }

    public static String snapshotRelease(String host) {
        return "backup.snapshot." + host + ".release";
    }

    public static String job(Target target) {
        return "backup.job." + target.tokens();
    }

    /** What a worker of that host and destination takes: disjoint for each pair, as a work queue demands. */
    public static String jobsOf(String host, String destination) {
        return "backup.job." + host + ".*." + destination;
    }

    /** Where the state of a job goes: upkeep has subjects of its own, so that the last value stays the backup's. */
    public static String status(JobId job) {
        return job.work() == Work.BACKUP
                ? "backup.status." + job.target().tokens()
                : "backup.upkeep." + job.target().tokens() + "." + job.work().word();
    }

    public static String progress(Target target) {
        return "backup.progress." + target.tokens();
    }

    /** @param service its name, or {@link Names#ALL} */
    public static String restore(String host, String service, String destination) {
        return "backup.restore." + host + "." + service + "." + destination;
    }

    /** Where the state of a restore goes. */
    public static String restored(Target target) {
        return "backup.restored." + target.tokens();
    }

    /** Where the progress of a restore goes. */
    public static String restoring(Target target) {
        return "backup.restoring." + target.tokens();
    }

    public static String cancel(Target target) {
        return "backup.cancel." + target.tokens();
    }

    /** What is in a repository? A request, which a worker answers. */
    public static String query(Target target) {
        return "backup.query." + target.tokens();
    }

    /** How a service's data is, kept before a restore changes it: a request, which the snapshot-service of the host answers. */
    public static String safeguard(Target target) {
        return "backup.safeguard." + target.tokens();
    }

    /**
     * Nobody speaks for another on a subject of its own, which is all that its permissions know of.
     *
     * @param meant where the content of a message belongs
     * @throws MalformedMessageException if it came on another
     */
    public static void requireOwn(String meant, String subject) {
        if (!meant.equals(subject)) {
            throw new MalformedMessageException(
                    "not a message for subject " + Text.shown(subject, 200) + ": its content belongs on " + meant,
                    null);
        }
    }

    /** @param kind of the alert: a name, as {@link Names} has it */
    public static String alert(String kind) {
        return "backup.alert." + Names.require("alert", kind);
    }

    public static String request(String host, String service, String destination) {
        return REQUEST_PREFIX + host + "." + service + "." + destination;
    }

    /**
     * The host, service and destination that a request names, each perhaps {@link Names#ALL}.
     *
     * @throws IllegalArgumentException if the subject is no request, or one of its tokens no name
     */
    public static List<String> requested(String subject) {
        var tokens = subject.startsWith(REQUEST_PREFIX)
                ? subject.substring(REQUEST_PREFIX.length()).split("\\.", -1)
                : new String[0];
        if (tokens.length != 3) {
            throw new IllegalArgumentException("not backup.request.<host>.<service>.<destination>, with 'all' for"
                    + " every one: '" + Text.shown(subject, 200) + "'");
        }
        String[] what = {"host", "service", "destination"};
        for (int i = 0; i < tokens.length; i++) {
            if (!tokens[i].equals(Names.ALL)) {
                Names.require(what[i], tokens[i]);
            }
        }
        return List.of(tokens);
    }
}
