package io.nightshift.contract.fleet;

import io.nightshift.contract.Target;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What the fleet file means. Immutable.
 *
 * @param enabled whether anything is part of a night
 * @param snapshotName of every ZFS snapshot, behind the {@code @}
 */
public record Fleet(
        Path file,
        boolean enabled,
        Schedule schedule,
        String snapshotName,
        SortedMap<String, Destination> destinations,
        SortedMap<String, Host> hosts) {

    /** Everything that could be backed up, switched off or not, in the order of the targets. */
    public Stream<ServiceBackup> backups() {
        return hosts.values().stream()
                .flatMap(host -> host.services().values().stream())
                .flatMap(service -> service.backups().values().stream());
    }

    public Optional<ServiceBackup> backup(Target target) {
        return Optional.ofNullable(hosts.get(target.host()))
                .map(host -> host.services().get(target.service()))
                .map(service -> service.backups().get(target.destination()));
    }
}
