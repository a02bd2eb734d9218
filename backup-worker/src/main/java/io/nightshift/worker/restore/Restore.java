package io.nightshift.worker.restore;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.RestoreRequest;

/** A request with its name and target. */
public record Restore(String id, Target target, RestoreRequest request) {
    /** In a key-value bucket: {@code <host>.<service>.<destination>.<id>}. */
    public String key() {
        return key(target, id);
    }

    static String key(Target target, String id) {
        return target.tokens() + "." + id;
    }

    /** Whether the service is stopped and started around it. */
    boolean concernsService() {
        return request.inPlace() && !request.dryRun();
    }

    @Override
    public String toString() {
        return target + "/" + id;
    }
}
