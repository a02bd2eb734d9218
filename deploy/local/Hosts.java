import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.InvalidFleetException;
import java.nio.file.Path;

/**
 * Prints each host of a fleet file, a blank, and the names of all destinations with commas between them; or all that is wrong with
 * the file. Run by {@code up} as a source file.
 */
public final class Hosts {
    public static void main(String[] arguments) {
        try {
            var fleet = FleetFile.read(Path.of(arguments[0]), System.getenv());
            var destinations = String.join(",", fleet.destinations().keySet());
            fleet.hosts().keySet().forEach(host -> System.out.println(host + " " + destinations));
        } catch (InvalidFleetException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
