package io.nightshift.contract.fleet;

import java.util.HashMap;

/** The rule that each service has a repository of its own at each destination. */
final class Repositories {
    private Repositories() {}

    /** Two in one would expire each other's snapshots, and one lease would not guard them. */
    static void requireOneEach(Fleet fleet, Problems problems) {
        var owners = new HashMap<String, ServiceBackup>();
        fleet.backups().forEach(backup -> {
            var first = owners.putIfAbsent(normal(backup.repository()), backup);
            if (first != null) {
                problems.add(
                        "backup.hosts." + backup.target().host() + ".services."
                                + backup.target().service(),
                        backup.target() + " has the same repository as " + first.target() + ": "
                                + withoutSecrets(backup.repository()),
                        "put {host} and {service} into 'repository' of destination "
                                + backup.target().destination());
            }
        });
    }

    static String expand(String template, String host, String service) {
        return template.replace("{host}", host).replace("{service}", service);
    }

    private static String normal(String repository) {
        return repository.replaceFirst("/+$", "").replaceAll("(?<!:)/{2,}", "/");
    }

    /** A URL may hold a user and a password: {@code rest:https://user:password@host/}. */
    private static String withoutSecrets(String repository) {
        return repository.replaceFirst("//[^/@]*@", "//");
    }
}
