import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.Host;
import io.nightshift.contract.fleet.InvalidFleetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prints what a fleet file asks of the containers of one host, a word and its value a line: {@code host}, {@code snapshot},
 * {@code destination}, {@code secret DESTINATION PATH}, {@code data} and {@code mounts}, the last two as folders at the top of the file
 * system. Run by {@code setup} as a source file; arguments: the fleet file, and the host, which may be empty where there is but one.
 */
public final class Needs {
    public static void main(String[] arguments) {
        try {
            var fleet = FleetFile.read(Path.of(arguments[0]), System.getenv());
            host(fleet, arguments[1]).ifPresentOrElse(host -> print(fleet, host), () -> {
                System.err.println((arguments[1].isEmpty() ? "which host is this one" : arguments[1] + " is none of the hosts")
                        + "? name one with --host: " + String.join(", ", fleet.hosts().keySet()));
                System.exit(1);
            });
        } catch (InvalidFleetException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static Optional<Host> host(Fleet fleet, String name) {
        return name.isEmpty() && fleet.hosts().size() == 1
                ? Optional.of(fleet.hosts().get(fleet.hosts().firstKey()))
                : Optional.ofNullable(fleet.hosts().get(name));
    }

    private static void print(Fleet fleet, Host host) {
        System.out.println("host " + host.name());
        System.out.println("snapshot " + host.kind().name().toLowerCase(Locale.ROOT));
        for (var destination : fleet.destinations().values()) {
            System.out.println("destination " + destination.name());
            secrets(destination).forEach(file -> System.out.println("secret " + destination.name() + " " + file));
        }
        host.services().values().stream()
                .flatMap(service -> service.paths().stream())
                .map(path -> top(Path.of(path)))
                .distinct()
                .forEach(folder -> System.out.println("data " + folder));
        fleet.destinations().values().stream()
                .map(destination -> destination.repository().replaceFirst("^local:", ""))
                .filter(repository -> repository.startsWith("/"))
                .map(repository -> top(Path.of(repository)))
                .distinct()
                .forEach(folder -> System.out.println("mounts " + folder));
    }

    private static List<Path> secrets(Destination destination) {
        return Stream.concat(Stream.of(destination.passwordFile()), destination.envFile().stream())
                .toList();
    }

    private static Path top(Path path) {
        return Path.of("/").resolve(path.getName(0));
    }
}
