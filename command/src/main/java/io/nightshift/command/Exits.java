package io.nightshift.command;

/** What the exit codes mean; docs/command.md tells the user the same. */
public final class Exits {
    public static final int DONE = 0;

    /** What was asked for failed, or not everything is safe. */
    public static final int NOT_DONE = 1;

    /** Wrong arguments, or a wrong fleet file. */
    public static final int USAGE = 2;

    /** The scheduler cannot be reached, or does not let us in; or no worker answers. */
    public static final int UNREACHABLE = 3;

    /** There is no such service, destination, snapshot or path. */
    public static final int UNKNOWN = 4;

    /** Told to end; as shells have it for Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private Exits() {}
}
