package io.nightshift.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Listed among the others; the launcher runs {@code serve/run} before any of this is loaded. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs all of Nightshift on this machine until it is told to end; serve --help has its options.",
        footer = {
            "",
            "Examples:",
            "  nightshift serve --fleet /etc/nightshift/backups.yaml",
            "  nightshift serve --fleet backups.yaml --state /tmp/nightshift --port 8081"
        })
final class ServeCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandException.usage("serve " + String.join(" ", arguments)
                + " is run by the launcher: call the program 'nightshift' of an installation, not its jar");
    }
}
