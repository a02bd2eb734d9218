package io.nightshift.snapshot;

import org.jspecify.annotations.Nullable;

/** There is no snapshot, and trying again at once is no use: a person is told. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param reason what, which and why, in one line
     * @param advice what to do
     */
    public SnapshotException(String reason, String advice, @Nullable Throwable cause) {
        super(reason, cause);
        this.advice = advice;
    }

    public SnapshotException(String reason, String advice) {
        this(reason, advice, null);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public String advice() {
        return advice;
    }
}
