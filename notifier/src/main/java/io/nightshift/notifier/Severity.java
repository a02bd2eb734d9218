package io.nightshift.notifier;

/** How loudly a message comes. */
public enum Severity {
    /** Something was not backed up. */
    FAILURE,
    /** Something is backed up, but not as it should be; or something needs a look. */
    WARNING,
    /** Something works again. */
    RECOVERY
}
