package io.nightshift.worker.restic;

import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.ServiceBackup;
import java.util.Optional;

/**
 * restic for one job as a shell script, for the person at the terminal: repository, password and keys in place, and no secret
 * in it. Pure. The cache is the person's own, so that root's runs leave nothing that the worker's user cannot write.
 */
record CommandScript(ServiceBackup backup, Destination destination, String restic, Optional<String> features) {
    /** In every script, so that only ours are ever replaced or removed. */
    private static final String MARK = "# Written by Nightshift's backup-worker at its start; destination ";

    /** The lines that {@link io.nightshift.contract.restic.EnvFile} reads, read in the same way: nothing is expanded. */
    private static final String READ_ENV_FILE = """
            while IFS= read -r line || [ -n "$line" ]; do
              line=$(printf '%s' "$line" | sed -E 's/^[[:space:]]+//; s/[[:space:]]+$//; s/^export[[:space:]]+//')
              case $line in '' | '#'*) continue ;; esac
              value=$(printf '%s' "${line#*=}" | sed -E "s/^[[:space:]]+//; s/^\\"(.*)\\"\\$/\\1/; t; s/^'(.*)'\\$/\\1/")
              export "${line%%=*}=$value"
            done <"$env_file" || exit 1
            """;

    String name() {
        return "restic-" + backup.target().service() + "-" + backup.target().destination();
    }

    static boolean isOurs(String script, String destination) {
        return script.contains(MARK + destination + ".\n");
    }

    String text() {
        var text = new StringBuilder("#!/bin/sh\n")
                .append("# restic on the repository of ")
                .append(backup.target())
                .append(": ")
                .append(name())
                .append(" snapshots\n")
                .append(MARK)
                .append(destination.name())
                .append(".\n");
        destination
                .envFile()
                .ifPresent(file -> text.append("env_file=")
                        .append(quoted(file.toString()))
                        .append('\n')
                        .append(READ_ENV_FILE));
        text.append("export RESTIC_REPOSITORY=")
                .append(quoted(backup.repository()))
                .append('\n');
        text.append("export RESTIC_PASSWORD_FILE=")
                .append(quoted(destination.passwordFile().toString()))
                .append('\n');
        features.ifPresent(flag ->
                text.append("export RESTIC_FEATURES=").append(quoted(flag)).append('\n'));
        return text.append("exec ").append(quoted(restic)).append(" \"$@\"\n").toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
