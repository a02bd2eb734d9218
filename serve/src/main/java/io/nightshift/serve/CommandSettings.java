package io.nightshift.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code command.env} in the state: where the command {@code nightshift} finds this process, its fleet file and its bus. */
final class CommandSettings {
    private CommandSettings() {}

    /**
     * @param host which of the fleet's this machine is
     * @param environment of this process, of which the command needs some too
     */
    static void write(Arguments arguments, String host, Path bus, Map<String, String> environment) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("NIGHTSHIFT_URL=http://127.0.0.1:" + arguments.port());
        lines.add("NIGHTSHIFT_HEALTH_URL=http://127.0.0.1:" + arguments.healthPort());
        lines.add("NIGHTSHIFT_FLEET=" + arguments.fleet());
        lines.add("NIGHTSHIFT_HOST=" + host);
        restic(environment).ifPresent(program -> lines.add("NIGHTSHIFT_WORKER_RESTIC=" + program));
        Optional.ofNullable(environment.get("NIGHTSHIFT_SCHEDULER_TOKEN_FILE"))
                .ifPresent(file -> lines.add("NIGHTSHIFT_TOKEN_FILE=" + file));
        lines.addAll(Files.readAllLines(bus.resolve("users/operator.env")));
        put(arguments.state().resolve("command.env"), lines);
    }

    /** The command may be called with another PATH than ours. */
    private static Optional<String> restic(Map<String, String> environment) {
        var named = environment.getOrDefault("NIGHTSHIFT_WORKER_RESTIC", "restic");
        return Stream.of(environment.getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(named))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static void put(Path file, List<String> lines) throws IOException {
        var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var next = Files.createTempFile(file.toAbsolutePath().getParent(), "command", ".new", ours);
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
