import io.nats.client.NKey;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.InvalidFleetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints each user of the bus as {@code role user host destinations publicKey}, with {@code -} for none and commas between
 * destinations, and makes a seed for who has no key yet; a public key without a seed is of one that is kept elsewhere. Run by {@code setup} as a source file; arguments: the fleet file, the
 * directory of the seeds, and {@code split} for one worker user per host and destination, {@code whole} for one per host, or
 * {@code serve:HOST} for one user of all roles of that host.
 */
public final class Users {
    private record User(String role, String name, String host, String destinations) {}

    public static void main(String[] arguments) throws Exception {
        try {
            var fleet = FleetFile.read(Path.of(arguments[0]), System.getenv());
            for (var user : users(fleet, arguments[2])) {
                var key = publicKey(Path.of(arguments[1]), user.name());
                System.out.println(String.join(" ", user.role(), user.name(), user.host(), user.destinations(), key));
            }
        } catch (InvalidFleetException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static List<User> users(Fleet fleet, String kind) {
        if (kind.startsWith("serve:")) {
            return ofOneProcess(fleet, kind.substring("serve:".length()));
        }
        boolean split = kind.equals("split");
        var users = new ArrayList<User>();
        for (var role : List.of("scheduler", "notifier", "operator", "admin")) {
            users.add(new User(role, role, "-", "-"));
        }
        for (var host : fleet.hosts().keySet()) {
            users.add(new User("snapshot", "snapshot-" + host, host, "-"));
            if (split) {
                // A name has no underscore, so that no two pairs make the same user.
                fleet.destinations().keySet().forEach(destination ->
                        users.add(new User("worker", "worker-" + host + "_" + destination, host, destination)));
            } else {
                var all = String.join(",", fleet.destinations().keySet());
                users.add(new User("worker", "worker-" + host, host, all));
            }
        }
        return users;
    }

    private static List<User> ofOneProcess(Fleet fleet, String host) {
        var all = String.join(",", fleet.destinations().keySet());
        return List.of(
                new User("scheduler+notifier+snapshot+worker", "serve", host, all),
                new User("operator", "operator", "-", "-"),
                new User("admin", "admin", "-", "-"));
    }

    private static String publicKey(Path directory, String user) throws Exception {
        var seed = directory.resolve(user + ".nk");
        var key = directory.resolve(user + ".pub");
        if (Files.notExists(seed) && Files.exists(key)) {
            return Files.readString(key).strip();
        }
        if (Files.notExists(seed)) {
            put(seed, NKey.createUser(null).getSeed());
        }
        var ofSeed = NKey.fromSeed(Files.readString(seed).strip().toCharArray()).getPublicKey();
        if (Files.notExists(key) || !Files.readString(key).strip().equals(new String(ofSeed))) {
            put(key, ofSeed);
        }
        return new String(ofSeed);
    }

    /** Whole or not at all, so that an ended run leaves no half of a key. */
    private static void put(Path file, char[] key) throws IOException {
        var fresh = Path.of(file + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, new String(key) + "\n");
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
