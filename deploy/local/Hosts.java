import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.InvalidFleetException;
import java.nio.file.Path;

/** Prints the names of the hosts of a fleet file, or all that is wrong with it. Run by {@code up} as a source file. */
public final class Hosts {
    public static void main(String[] arguments) {
        try {
            FleetFile.read(Path.of(arguments[0]), System.getenv()).hosts().keySet().forEach(System.out::println);
        } catch (InvalidFleetException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
