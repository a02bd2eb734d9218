package io.nightshift.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A program to run, and how long it may take. Immutable; each {@code with…} gives a changed copy.
 *
 * @param argv the program, by name (looked for in this process's PATH) or by path, then its arguments, passed on verbatim
 * @param environment all that the program gets; nothing is inherited unless {@link #withInherited} names it
 * @param directory where the program runs; this process's own working directory if empty
 * @param timeout from the start; a program that takes longer is stopped
 * @param stop how the program is ended at its timeout, or when the caller is interrupted
 * @param longestLine of standard output, in bytes: a longer one is cut there
 */
public record Command(
        List<String> argv,
        Map<String, String> environment,
        Optional<Path> directory,
        Duration timeout,
        Stop stop,
        int longestLine) {

    /** For programs that only ask or do something small. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern CREDENTIALS_IN_URL = Pattern.compile("://[^/@\\s]*@");

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty() || argv.get(0).isBlank()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        for (String argument : argv) {
            refuseNul("an argument of " + argv.get(0), argument);
        }
        environment.forEach(Command::checkVariable);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout of " + argv.get(0) + " must be positive: " + timeout);
        }
        if (longestLine <= 0) {
            throw new IllegalArgumentException(
                    "the longest line of " + argv.get(0) + " must be positive: " + longestLine);
        }
    }

    /** A command that is ended by SIGTERM, and whose lines are of the usual length. */
    public Command(List<String> argv, Map<String, String> environment, Optional<Path> directory, Duration timeout) {
        this(argv, environment, directory, timeout, Stop.TERMINATE, LineSplitter.LONGEST_LINE);
    }

    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    public static Command of(List<String> argv) {
        return new Command(argv, Map.of(), Optional.empty(), DEFAULT_TIMEOUT);
    }

    public Command withArguments(String... more) {
        return withArguments(List.of(more));
    }

    public Command withArguments(Collection<String> more) {
        var all = new ArrayList<>(argv);
        all.addAll(more);
        return new Command(all, environment, directory, timeout, stop, longestLine);
    }

    public Command withEnvironment(String name, String value) {
        return withEnvironment(Map.of(name, value));
    }

    /** Adds to the environment; a name that is there already gets the new value. */
    public Command withEnvironment(Map<String, String> more) {
        var all = new TreeMap<>(environment);
        all.putAll(more);
        return new Command(argv, all, directory, timeout, stop, longestLine);
    }

    /** Passes on these variables of this process, those of them that are set. */
    public Command withInherited(String... names) {
        var inherited = new TreeMap<>(System.getenv());
        inherited.keySet().retainAll(List.of(names));
        return withEnvironment(inherited);
    }

    public Command in(Path workingDirectory) {
        return new Command(argv, environment, Optional.of(workingDirectory), timeout, stop, longestLine);
    }

    public Command withTimeout(Duration longest) {
        return new Command(argv, environment, directory, longest, stop, longestLine);
    }

    public Command withStop(Stop how) {
        return new Command(argv, environment, directory, timeout, how, longestLine);
    }

    /** For a program that says on one line what may be more than 1 MiB; all of a line is held in memory. */
    public Command withLongestLine(int bytes) {
        return new Command(argv, environment, directory, timeout, stop, bytes);
    }

    /** The program as it is called, without its arguments. */
    public String program() {
        return argv.get(0);
    }

    /** Arguments, with credentials in URLs masked, and the names of the environment; never a value. */
    @Override
    public String toString() {
        var text = new StringBuilder(CREDENTIALS_IN_URL.matcher(argv.toString()).replaceAll("://***@"));
        if (!environment.isEmpty()) {
            text.append(" with ").append(new TreeMap<>(environment).keySet());
        }
        directory.ifPresent(path -> text.append(" in ").append(path));
        return text.toString();
    }

    private static void checkVariable(String name, String value) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of an environment variable: " + name);
        }
        refuseNul("the value of " + name, value);
    }

    private static void refuseNul(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " contains a NUL character, which no program can be given");
        }
    }
}
