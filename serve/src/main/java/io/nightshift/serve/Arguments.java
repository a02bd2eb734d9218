package io.nightshift.serve;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the process was called with.
 *
 * @param host which host of the fleet this machine is; found out where it is empty
 * @param state where everything is kept
 * @param port of the page, on the loopback address
 * @param healthPort of the health checks, on the loopback address
 * @param busPort of nats-server, on the loopback address
 */
record Arguments(Path fleet, Optional<String> host, Path state, int port, int healthPort, int busPort) {
    static final String USAGE = """
            usage: nightshift serve --fleet FILE [--host NAME] [--state DIR] [--port N] [--health-port N] [--bus-port N]
              --fleet FILE     the fleet file
              --host NAME      which host of it this machine is (default: the one with its name, else the only one)
              --state DIR      where everything is kept (default: /var/lib/nightshift)
              --port N         of the page, on 127.0.0.1 (default: 8081)
              --health-port N  of /q/health, on 127.0.0.1 (default: 9081)
              --bus-port N     of the bus, on 127.0.0.1 (default: 4222)""";

    private static final Set<String> NAMES =
            Set.of("--fleet", "--host", "--state", "--port", "--health-port", "--bus-port");

    /** @throws IllegalArgumentException saying what is wrong with them */
    static Arguments parse(List<String> words, Map<String, String> environment) {
        var given = new HashMap<String, String>();
        for (int i = 0; i < words.size(); i += 2) {
            var name = words.get(i);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("what is " + name + "?");
            }
            if (i + 1 == words.size() || words.get(i + 1).isEmpty()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            given.put(name, words.get(i + 1));
        }
        var fleet = given.getOrDefault("--fleet", environment.getOrDefault("NIGHTSHIFT_FLEET", ""));
        if (fleet.isEmpty()) {
            throw new IllegalArgumentException("no fleet file is named: give --fleet FILE, or set NIGHTSHIFT_FLEET");
        }
        return new Arguments(
                Path.of(fleet).toAbsolutePath(),
                Optional.ofNullable(given.get("--host")),
                Path.of(given.getOrDefault("--state", "/var/lib/nightshift")).toAbsolutePath(),
                port("--port", given.getOrDefault("--port", "8081")),
                port("--health-port", given.getOrDefault("--health-port", "9081")),
                port("--bus-port", given.getOrDefault("--bus-port", "4222")));
    }

    private static int port(String name, String value) {
        try {
            int port = Integer.parseInt(value);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, for what is no port either
        }
        throw new IllegalArgumentException(name + " " + value + " is no port: write a number from 1 to 65535");
    }
}
