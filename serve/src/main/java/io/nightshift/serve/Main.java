package io.nightshift.serve;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.InvalidFleetException;
import io.nightshift.process.ProgramException;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.serve.bus.Keys;
import io.nightshift.serve.bus.NatsServer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All roles, until SIGTERM. What is wrong with the arguments or the fleet file ends the start, with exit code 2. */
@QuarkusMain(name = "serve")
public class Main {
    private static final int REFUSED = 2;
    private static final Duration PAUSE = Duration.ofMillis(200);

    Main() {}

    public static void main(String... words) throws InterruptedException {
        if (List.of(words).equals(List.of("--help"))) {
            end(0, Arguments.USAGE);
        }
        try {
            var arguments = Arguments.parse(List.of(words), System.getenv());
            start(arguments, FleetFile.read(arguments.fleet(), System.getenv()));
        } catch (IllegalArgumentException e) {
            end(REFUSED, e.getMessage() + "\n" + Arguments.USAGE);
        } catch (InvalidFleetException e) {
            end(REFUSED, e.getMessage());
        } catch (IOException | ProgramException e) {
            end(1, e.getMessage());
        }
        Quarkus.run();
    }

    /** All that comes before the roles; nats-server starts beside them, and they wait for it. */
    private static void start(Arguments arguments, Fleet fleet) throws IOException, InterruptedException {
        var host = Machine.of(fleet, arguments.host(), hostName());
        var state = State.take(arguments.state())
                .orElseThrow(() -> new IOException(arguments.state()
                        + " is in use by another 'nightshift serve'; end that one, or name another with --state"));
        var keys = new Keys(home(), arguments.state().resolve("bus"), arguments.busPort());
        if (!keys.fresh(arguments.fleet(), host, System.getenv(), Instant.now())) {
            keys.make(new SystemProgramRunner(), arguments.fleet(), host, System.getenv());
        }
        CommandSettings.write(arguments, host, keys.directory(), System.getenv());
        var nats = new NatsServer(new SystemProgramRunner(), "nats-server", keys.settings(), PAUSE);
        LastToStop.register(nats, state);
        nats.start();
        Settings.unlessIn(System.getenv(), Settings.of(arguments, fleet, host)).forEach(System::setProperty);
        keys.client().forEach(System::setProperty);
    }

    private static Path home() {
        var home = System.getProperty("io.nightshift.home", "");
        if (home.isEmpty()) {
            end(1, "the installation is not known: start it by 'serve/run', or set -Dio.nightshift.home");
        }
        return Path.of(home);
    }

    private static String hostName() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }

    // Speaks to the person who called it.
    @SuppressWarnings("SystemOut")
    private static void end(int code, @Nullable String message) {
        System.err.println(message);
        System.exit(code);
    }
}
