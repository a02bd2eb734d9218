package io.nightshift.snapshot.coverage;

import io.nightshift.contract.fleet.Coverage;
import io.nightshift.contract.fleet.Host;
import io.nightshift.snapshot.Views;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what no service backs up: datasets, and folders of a root. A folder that leads to something that is settled by
 * itself, such as the path of a service, is looked into; any other is judged as a whole. Empty ones hold nothing to lose.
 */
final class Uncovered {
    /** More would not be read by anybody. */
    static final int MOST = 1000;

    private final List<Path> served;
    private final List<Path> excluded;
    private final Coverage rules;

    Uncovered(Host host) {
        this.served = host.services().values().stream()
                .flatMap(service -> service.paths().stream())
                .map(Path::of)
                .toList();
        this.rules = host.coverage();
        this.excluded = rules.notBackedUp().keySet().stream()
                .filter(name -> name.startsWith("/"))
                .map(Path::of)
                .toList();
    }

    /** By the names that the fleet file would have for them, sorted. */
    Set<String> among(List<Place> places) {
        return new Search(places).all();
    }

    private boolean isExcluded(Place place) {
        return rules.notBackedUp().keySet().stream().anyMatch(name -> (place.name() + "/").startsWith(name + "/"));
    }

    /** A path is settled when a service has it, or the fleet file says that it need not be backed up. */
    private boolean isSettled(Path path) {
        return served.stream().anyMatch(path::startsWith) || excluded.stream().anyMatch(path::startsWith);
    }

    /** One look at all places. */
    private final class Search {
        private final List<Place> places;
        private final Set<Path> mountpoints;
        private final Set<Path> leadingTo;
        private final Set<String> found = new TreeSet<>();

        private Search(List<Place> places) {
            this.places = places;
            this.mountpoints = new HashSet<>(places.stream()
                    .flatMap(place -> place.mountpoint().stream())
                    .toList());
            this.leadingTo = new HashSet<>(mountpoints);
            leadingTo.addAll(served);
            leadingTo.addAll(excluded);
        }

        private Set<String> all() {
            for (Place place : places) {
                if (isExcluded(place)
                        || place.mountpoint().filter(Uncovered.this::isSettled).isPresent()) {
                    continue;
                }
                if (place.readable().isPresent()) {
                    judge(
                            place.name(),
                            place.mountpoint().orElseThrow(),
                            place.readable().get(),
                            place.root());
                } else if (place.hasData()) {
                    add(place.name());
                }
            }
            return found;
        }

        private void judge(String name, Path path, Path readable, boolean root) {
            if (root || leadsSomewhere(path)) {
                for (Path folder : folders(readable)) {
                    Path child = path.resolve(folder.getFileName());
                    if (!mountpoints.contains(child) && !isSettled(child)) {
                        judge(child.toString(), child, folder, false);
                    }
                }
            } else if (!isEmpty(readable)) {
                add(name);
            }
        }

        private void add(String name) {
            if (found.size() < MOST) {
                found.add(name);
            }
        }

        private boolean leadsSomewhere(Path path) {
            return leadingTo.stream().anyMatch(other -> other.startsWith(path) && !other.equals(path));
        }
    }

    private static List<Path> folders(Path readable) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(readable, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
            entries.forEach(folders::add);
            return folders;
        } catch (AccessDeniedException e) {
            return List.of(); // without root, so that what can be seen is told
        } catch (IOException | DirectoryIteratorException e) {
            throw Views.failed("not readable: " + readable, new IOException(e));
        }
    }

    private static boolean isEmpty(Path readable) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(readable)) {
            return !entries.iterator().hasNext();
        } catch (AccessDeniedException e) {
            return false; // as far as can be told
        } catch (IOException e) {
            throw Views.failed("not readable: " + readable, e);
        }
    }
}
