package io.nightshift.command;

import io.nightshift.contract.Text;
import io.nightshift.contract.fleet.InvalidFleetException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the arguments, runs one command, and turns whatever goes wrong into one line and an exit code. */
public final class Main {
    private static final int SHOWN = 1000;

    private Main() {}

    public static void main(String... arguments) {
        System.exit(run(Surroundings.own(), arguments));
    }

    static int run(Surroundings around, String... arguments) {
        return commandLine(around).execute(arguments);
    }

    static CommandLine commandLine(Surroundings around) {
        return new CommandLine(new Nightshift(), new Factory(around))
                .setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler((e, line, parsed) -> failed(around, e, parsed));
    }

    private static int misused(ParameterException e, String... arguments) {
        var line = e.getCommandLine();
        var name = line.getCommandSpec().qualifiedName();
        line.getErr()
                .println("nightshift: " + Text.shown(String.valueOf(e.getMessage()), SHOWN) + "; see " + name
                        + " --help");
        UnmatchedArgumentException.printSuggestions(e, line.getErr());
        return Exits.USAGE;
    }

    @SuppressWarnings("UnusedVariable")
    private static int failed(Surroundings around, Exception e, ParseResult parsed) {
        if (e instanceof CommandException expected) {
            around.say("nightshift: " + Text.shown(String.valueOf(expected.getMessage()), SHOWN));
            return expected.code();
        }
        if (e instanceof InvalidFleetException wrong) {
            wrong.problems().forEach(problem -> around.say("nightshift: " + problem));
            return Exits.USAGE;
        }
        if (e instanceof InterruptedException) {
            return Exits.INTERRUPTED;
        }
        around.say(
                "nightshift: " + Text.shown(e.toString(), SHOWN) + "; this is a bug, NIGHTSHIFT_TRACE=1 shows where");
        if (around.variable("NIGHTSHIFT_TRACE").isPresent()) {
            e.printStackTrace(around.err());
        }
        return Exits.NOT_DONE;
    }

    /** Commands are given their surroundings; what is no command of ours is made as Picocli does. */
    private record Factory(Surroundings around) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Surroundings.class) {
                    return type.cast(constructor.newInstance(around));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
