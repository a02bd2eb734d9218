package io.nightshift.scheduler.request;

import io.nightshift.contract.Names;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.Host;
import io.nightshift.contract.fleet.ServiceBackup;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Which backups a request stands for. */
public final class Expansion {
    private Expansion() {}

    /**
     * What is named in full runs even where it is switched off; {@code all} leaves out what is switched off.
     *
     * @param subject {@code backup.request.<host>.<service>.<destination>}, with {@code all} for every one
     * @throws RefusedRequestException if a name is not known, or nothing is left
     */
    public static List<ServiceBackup> of(Fleet fleet, String subject) {
        var names = tokens(subject);
        requireKnown("host", names.get(0), fleet.hosts().keySet());
        requireKnown("service", names.get(1), services(fleet, names.get(0)));
        requireKnown("destination", names.get(2), fleet.destinations().keySet());
        boolean inFull = !names.contains(Names.ALL);
        var found = fleet.backups()
                .filter(backup -> isNamed(names, backup))
                .filter(backup -> inFull || backup.enabled())
                .toList();
        if (found.isEmpty()) {
            throw new RefusedRequestException(
                    subject + " stands for no backup: all that it names are switched off, or do not go there");
        }
        return found;
    }

    private static List<String> tokens(String subject) {
        try {
            return Subjects.requested(subject);
        } catch (IllegalArgumentException e) {
            throw new RefusedRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static TreeSet<String> services(Fleet fleet, String host) {
        var names = new TreeSet<String>();
        fleet.hosts().values().stream()
                .filter(each -> fits(host, each.name()))
                .map(Host::services)
                .forEach(services -> names.addAll(services.keySet()));
        return names;
    }

    private static void requireKnown(String what, String name, Collection<String> known) {
        if (!name.equals(Names.ALL) && !known.contains(name)) {
            throw new RefusedRequestException("there is no " + what + " '" + name + "' in the fleet file; known: "
                    + String.join(", ", known) + ", or 'all'");
        }
    }

    private static boolean isNamed(List<String> names, ServiceBackup backup) {
        var target = backup.target();
        return fits(names.get(0), target.host())
                && fits(names.get(1), target.service())
                && fits(names.get(2), target.destination());
    }

    private static boolean fits(String asked, String name) {
        return asked.equals(Names.ALL) || asked.equals(name);
    }
}
