package io.nightshift.process;

import io.nightshift.process.ProgramException.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts programs, and says in words why one does not start. */
final class Start {

    /** In which Java passes arguments and file names to the system; it writes "?" for what it cannot say in it. */
    private static final Charset SYSTEM = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private Start() {}

    static Process start(Command command) {
        return start(command, builder(command).redirectInput(new File("/dev/null")));
    }

    /** With the input and both outputs of this process. */
    static Process startAttached(Command command) {
        return start(command, builder(command).inheritIO());
    }

    private static ProcessBuilder builder(Command command) {
        var builder = new ProcessBuilder(command.argv());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        command.directory().ifPresent(path -> builder.directory(path.toFile()));
        return builder;
    }

    private static Process start(Command command, ProcessBuilder builder) {
        refuseUnmappable(command);
        try {
            return builder.start();
        } catch (IOException e) {
            throw explained(command, e);
        }
    }

    private static void refuseUnmappable(Command command) {
        Stream.concat(command.argv().stream(), command.environment().values().stream())
                .filter(text -> !SYSTEM.newEncoder().canEncode(text))
                .findFirst()
                .ifPresent(text -> {
                    throw new ProgramException(
                            Problem.NOT_STARTED,
                            command.program()
                                    + " not started: an argument or a value has letters that the character set "
                                    + SYSTEM + " of this process lacks; start this service with LC_ALL=C.UTF-8");
                });
    }

    /** The system answers "No such file or directory" alike for a missing program and a missing directory. */
    private static ProgramException explained(Command command, IOException cause) {
        String program = command.program();
        Optional<Path> missing = command.directory().filter(path -> !Files.isDirectory(path));
        if (missing.isPresent()) {
            return new ProgramException(
                    Problem.NOT_STARTED,
                    program + " not started: its working directory " + missing.get() + " does not exist",
                    cause);
        }
        String path = System.getenv().getOrDefault("PATH", "");
        if (program.contains("/") ? Files.exists(Path.of(program)) : inPath(program, path)) {
            return new ProgramException(Problem.NOT_STARTED, program + " not started: " + cause.getMessage(), cause);
        }
        String where = program.contains("/") ? "" : " in PATH (" + path + ")";
        return new ProgramException(
                Problem.NOT_FOUND,
                "program " + program + " not found" + where + ": install it, or correct the path",
                cause);
    }

    private static boolean inPath(String program, String path) {
        return Stream.of(path.split(File.pathSeparator)).anyMatch(folder -> exists(folder, program));
    }

    private static boolean exists(String folder, String program) {
        try {
            return Files.isRegularFile(Path.of(folder, program));
        } catch (InvalidPathException e) {
            return false; // a folder that cannot be named holds no program that can be
        }
    }
}
