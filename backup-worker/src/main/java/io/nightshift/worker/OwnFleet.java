package io.nightshift.worker;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What this worker's own fleet file says of a job: everything that can run a command or choose a place. */
record OwnFleet(Fleet fleet, String host) {

    /** @throws JobFailedException if the job and this fleet file are not of the same mind */
    ServiceBackup backup(Job job) {
        var target = job.id().target();
        if (!target.host().equals(host)) {
            throw refused("this worker serves host " + host + ", not " + target.host(), "mend nightshift.worker.host");
        }
        var own = fleet.backup(target).orElseThrow(() -> unknown(target));
        if (!own.repository().equals(job.repository())) {
            throw refused(
                    "the scheduler's fleet file has another repository for " + target + " than the worker's",
                    "deploy the same fleet file to scheduler and worker, and restart both");
        }
        if (job instanceof Job.Backup backup) {
            backup.paths().forEach(OwnFleet::requireNormal);
        }
        return own;
    }

    Destination destination(Target target) {
        return Objects.requireNonNull(fleet.destinations().get(target.destination()));
    }

    /** What is wrong with the settings of this worker; empty: nothing. */
    static List<String> problems(Fleet fleet, String host, List<String> destinations) {
        var problems = new java.util.ArrayList<String>();
        if (!fleet.hosts().containsKey(host)) {
            problems.add("nightshift.worker.host: " + fleet.file() + " has no host " + host + "; it has "
                    + fleet.hosts().keySet());
        }
        destinations.stream()
                .filter(name -> !fleet.destinations().containsKey(name))
                .forEach(name -> problems.add("nightshift.worker.destinations: " + fleet.file()
                        + " has no destination " + name + "; it has "
                        + fleet.destinations().keySet()));
        return problems;
    }

    private JobFailedException unknown(Target target) {
        return refused(
                "the worker's fleet file " + fleet.file() + " does not know " + target,
                "deploy the same fleet file to scheduler and worker, and restart both");
    }

    private static void requireNormal(String path) {
        if (!path.startsWith("/")
                || path.indexOf('\0') >= 0
                || !Path.of(path).normalize().toString().equals(path)) {
            throw refused("not an absolute, plain path: " + path, "mend 'paths' in the fleet file");
        }
    }

    private static JobFailedException refused(String message, String advice) {
        return new JobFailedException(Cause.CONFIGURATION, message, advice);
    }
}
