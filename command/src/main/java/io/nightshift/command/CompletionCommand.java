package io.nightshift.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Completion for shells. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script for completion in bash and zsh.",
        footer = {
            "",
            "Examples:",
            "  source <(nightshift completion)           in ~/.bashrc, or ~/.zshrc behind compinit",
            "  nightshift completion > /etc/bash_completion.d/nightshift"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Surroundings around;

    CompletionCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        around.out().println(AutoComplete.bash("nightshift", Main.commandLine(around)));
        return Exits.DONE;
    }
}
