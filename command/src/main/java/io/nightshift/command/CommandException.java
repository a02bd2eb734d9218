package io.nightshift.command;

/** Why a command ends early: one line for a person, and an exit code for a program. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    /**
     * @param code of {@link Exits}
     * @param message what, which, why and what to do, in one line
     */
    public CommandException(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static CommandException usage(String message) {
        return new CommandException(Exits.USAGE, message);
    }

    public static CommandException unknown(String message) {
        return new CommandException(Exits.UNKNOWN, message);
    }

    public static CommandException failed(String message) {
        return new CommandException(Exits.NOT_DONE, message);
    }
}
