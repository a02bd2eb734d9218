package io.nightshift.command.doctor;

import io.nightshift.command.Exits;
import io.nightshift.command.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A message to the phone, by the settings of the notifier. */
@Command(
        name = "notify-test",
        mixinStandardHelpOptions = true,
        description = "Sends a message by Pushover, with the notifier's settings in this shell.",
        footer = {
            "",
            "Says nothing when Pushover took it. It shows that token, user and network are right; not that the notifier runs,",
            "which its /q/health/ready on port 9084 tells.",
            "",
            "Example:",
            "  NIGHTSHIFT_NOTIFIER_PUSHOVER_TOKEN_FILE=/run/secrets/pushover-token \\",
            "  NIGHTSHIFT_NOTIFIER_PUSHOVER_USER_FILE=/run/secrets/pushover-user nightshift notify-test"
        })
public final class NotifyTestCommand implements Callable<Integer> {
    private final Surroundings around;

    public NotifyTestCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        new Pushover(around).send("Nightshift: a test", "Asked for by nightshift notify-test; nothing is wrong.");
        return Exits.DONE;
    }
}
