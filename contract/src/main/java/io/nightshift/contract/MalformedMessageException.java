package io.nightshift.contract;

import org.jspecify.annotations.Nullable;

/** A message that cannot be understood: it goes to {@link Subjects#REJECTED}, and trying again is no use. */
public class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedMessageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
