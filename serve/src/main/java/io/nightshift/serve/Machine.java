package io.nightshift.serve;

import io.nightshift.contract.fleet.Fleet;
import java.util.Optional;

/** Which host of the fleet this machine is. */
final class Machine {
    private Machine() {}

    /**
     * @param hostName of the machine, as the kernel has it
     * @throws IllegalArgumentException if it is none of them, or there are several that it may be
     */
    static String of(Fleet fleet, Optional<String> named, String hostName) {
        var hosts = fleet.hosts().keySet();
        var name = named.orElse(hostName.split("\\.", 2)[0]);
        if (hosts.contains(name)) {
            return name;
        }
        if (named.isEmpty() && hosts.size() == 1) {
            return hosts.iterator().next();
        }
        throw new IllegalArgumentException(name + " is none of the hosts of " + fleet.file() + ": "
                + String.join(", ", hosts) + "; name the one of this machine with --host");
    }
}
