package io.nightshift.contract.plan;

import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.Host;
import io.nightshift.contract.fleet.Service;
import io.nightshift.contract.fleet.ServiceBackup;
import java.util.List;
import java.util.stream.Stream;

/**
 * Backups that are switched off on a host that matters; one for each cause, however many jobs it concerns.
 *
 * @param about {@code fleet} for all of it, {@code daedalus}, {@code daedalus/lidarr}, {@code daedalus/lidarr/local}; of a destination, its name
 */
public record SwitchedOff(String about, String message) {
    public static final String ADVICE =
            "switch it on in the fleet file, or say 'purpose: development' of a host that needs no backups";

    public static List<SwitchedOff> of(Fleet fleet) {
        if (!fleet.enabled()) {
            boolean matters = fleet.hosts().values().stream().anyMatch(Host::warnsWhenOff);
            return matters ? List.of(warn("fleet", "all backups of all hosts")) : List.of();
        }
        var destinations = fleet.destinations().values().stream()
                .filter(destination -> !destination.enabled())
                .filter(destination -> usedByHostThatMatters(fleet, destination))
                .map(destination -> warn(destination.name(), "backups to destination " + destination.name()));
        var hosts = fleet.hosts().values().stream().filter(Host::warnsWhenOff).flatMap(host -> ofHost(fleet, host));
        return Stream.concat(destinations, hosts).toList();
    }

    private static boolean usedByHostThatMatters(Fleet fleet, Destination destination) {
        return fleet.hosts().values().stream()
                .filter(Host::warnsWhenOff)
                .flatMap(host -> host.services().values().stream())
                .anyMatch(service -> service.backups().containsKey(destination.name()));
    }

    private static Stream<SwitchedOff> ofHost(Fleet fleet, Host host) {
        return host.enabled()
                ? host.services().values().stream().flatMap(service -> ofService(fleet, host, service))
                : Stream.of(warn(host.name(), "all backups of host " + host.name()));
    }

    private static Stream<SwitchedOff> ofService(Fleet fleet, Host host, Service service) {
        var name = host.name() + "/" + service.name();
        return service.enabled()
                ? service.backups().values().stream()
                        .filter(backup -> !backup.enabled() && destinationIsOn(fleet, backup))
                        .map(backup -> warn(backup.target().toString(), "backup " + backup.target()))
                : Stream.of(warn(name, "all backups of service " + name));
    }

    private static boolean destinationIsOn(Fleet fleet, ServiceBackup backup) {
        var destination = fleet.destinations().get(backup.target().destination());
        return destination != null && destination.enabled();
    }

    private static SwitchedOff warn(String about, String what) {
        return new SwitchedOff(about, what + ": switched off");
    }
}
