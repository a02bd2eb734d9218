package io.nightshift.worker.view;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.worker.Destinations;
import io.nightshift.worker.JobFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at the folder that a destination begins with: restic would create it, on the disk below an unmounted NAS. */
@ApplicationScoped
class MountedDestinations implements Destinations {
    /** Source: restic, internal/backend/location: a scheme, then a colon; anything else is a folder. */
    private static final Pattern REMOTE = Pattern.compile("(?!local:)[a-z0-9]+:.*", Pattern.DOTALL);

    @Override
    public void require(Destination destination) {
        destination.requireMount().ifPresent(folder -> requireMounted(destination, folder));
        folder(destination.repository())
                .filter(folder -> !Files.isDirectory(folder))
                .ifPresent(folder -> {
                    throw missing(destination, "its folder " + folder + " is not there");
                });
    }

    /** What must exist of a template: all folders before the first {@code {}; without one, the repository's parent. */
    static Optional<Path> folder(String template) {
        if (REMOTE.matcher(template).matches()) {
            return Optional.empty();
        }
        var path = template.startsWith("local:") ? template.substring("local:".length()) : template;
        int brace = path.indexOf('{');
        var fixed = brace < 0 ? path.replaceFirst("/+$", "") : path.substring(0, brace);
        int slash = fixed.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(Path.of(fixed.substring(0, Math.max(1, slash))));
    }

    private static void requireMounted(Destination destination, Path folder) {
        if (Mounts.now().at(folder.toAbsolutePath().normalize()).isEmpty()) {
            throw missing(destination, "nothing is mounted at " + folder);
        }
    }

    private static JobFailedException missing(Destination destination, String why) {
        return new JobFailedException(
                Cause.DESTINATION_MISSING,
                "destination " + destination.name() + " is not there: " + why,
                "mount it, or create the folder if it is new");
    }
}
