package io.nightshift.command.doctor;

import io.nightshift.command.CommandException;
import java.util.List;

/** Whether messages would reach somebody. */
record PushoverCheck(Pushover pushover) implements Check {
    private static final String ABOUT = "Pushover";

    @Override
    public List<Finding> look() throws InterruptedException {
        if (!pushover.isConfigured()) {
            return List.of(Finding.warn(
                    ABOUT,
                    "no account is known in this shell, so it was not looked at",
                    "set " + Pushover.PREFIX + "TOKEN_FILE and _USER_FILE as the notifier has them"));
        }
        try {
            pushover.validate();
            return List.of(Finding.ok(ABOUT, "knows token and user; nightshift notify-test sends a message"));
        } catch (CommandException e) {
            return List.of(Finding.bad(ABOUT, String.valueOf(e.getMessage()), "failures would reach nobody"));
        }
    }
}
