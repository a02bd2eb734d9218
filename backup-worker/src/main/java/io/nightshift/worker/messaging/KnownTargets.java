package io.nightshift.worker.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Target;
import io.nightshift.contract.fleet.Fleet;
import java.util.Objects;

/** What subjects name, if the worker's own fleet file has it. */
final class KnownTargets {
    private KnownTargets() {}

    /** @param tokens {@code backup.<what>.<host>.<service>.<destination>}, of the worker's own host */
    static Target of(Fleet fleet, String[] tokens) {
        try {
            var target = new Target(tokens[2], tokens[3], tokens[4]);
            if (fleet.backup(target).isPresent()) {
                return target;
            }
            var services = Objects.requireNonNull(fleet.hosts().get(tokens[2])).services();
            throw new MalformedMessageException(
                    "the worker's fleet file does not know " + target + "; host " + tokens[2] + " has: "
                            + String.join(", ", services.keySet()),
                    null);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(String.valueOf(e.getMessage()), e);
        }
    }
}
