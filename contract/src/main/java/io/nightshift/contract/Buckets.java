package io.nightshift.contract;

/**
 * The key-value buckets that more than one service, or a person, looks into. Keys are tokens like those of subjects, so
 * that NATS can grant them by host and destination: {@code $KV.backup_results.<host>.*.<destination>.>}.
 */
public final class Buckets {
    /** The end of each job, by {@link JobId#key()}: created, never changed. Whoever comes second tells the end that is there. */
    public static final String RESULTS = "backup_results";

    /** How often each job was begun, failed and lost its worker, by {@link JobId#key()}. */
    public static final String ATTEMPTS = "backup_attempts";

    /** What is known of each repository, by {@link Target#tokens()}. */
    public static final String REPOSITORIES = "backup_repositories";

    /** Who may run restic now: {@code slot.<destination>.<n>} and {@code repo.<host>.<service>.<destination>}. */
    public static final String LEASES = "backup_leases";

    /** The end of each restore, by {@code <host>.<service>.<destination>.<id>}; marks of the worker have a word behind it. */
    public static final String RESTORES = "backup_restores";

    private Buckets() {}
}
