package io.nightshift.contract.fleet;

import java.util.HashMap;

/** The rule that each host and destination has a queue of its own: its consumers are called {@code worker-<host>-<destination>}. */
final class Queues {
    private Queues() {}

    /** Of two pairs with one name, each would change the other's consumer, and one of them would get no jobs. */
    static void requireOneEach(Fleet fleet, Problems problems) {
        var owners = new HashMap<String, String>();
        fleet.hosts()
                .keySet()
                .forEach(host -> fleet.destinations().keySet().forEach(destination -> {
                    var name = "worker-" + host + "-" + destination;
                    var pair = "host '" + host + "' with destination '" + destination + "'";
                    var first = owners.putIfAbsent(name, pair);
                    if (first != null) {
                        problems.add(
                                "backup.hosts." + host,
                                pair + " has the same queue as " + first + ": " + name,
                                "give one of these hosts or destinations another name");
                    }
                }));
    }
}
