package io.nightshift.command.doctor;

import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.restic.EnvFile;
import io.nightshift.contract.restic.SecretFile;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of secrets of a destination, its folder and the space there. */
record DestinationCheck(Destination destination, Workers workers) implements Check {
    private static final double FULL = 0.1;

    @Override
    public List<Finding> look() {
        if (workers.haveSecretsOf(destination)) {
            return List.of(Finding.ok(
                    about(), "its secrets are not on this machine; a worker that has them reads repositories there"));
        }
        var found = new ArrayList<Finding>();
        secret(destination.passwordFile(), "password-file", found);
        destination.envFile().ifPresent(file -> {
            if (secret(file, "env-file", found)) {
                variables(file, found);
            }
        });
        folder().ifPresent(folder -> space(folder, found));
        if (found.stream().allMatch(each -> each.level() == Finding.Level.OK)) {
            found.add(0, Finding.ok(about(), "its files of secrets are there, and closed to others"));
        }
        return found;
    }

    private String about() {
        return "destination " + destination.name();
    }

    private boolean secret(Path file, String what, List<Finding> found) {
        var problem = SecretFile.problem(file, what);
        problem.ifPresent(wrong -> found.add(Finding.bad(about(), wrong.message(), wrong.advice())));
        return problem.isEmpty();
    }

    private void variables(Path file, List<Finding> found) {
        try {
            EnvFile.read(file);
        } catch (IOException | IllegalArgumentException e) {
            found.add(Finding.bad(about(), "env-file " + file + ": " + e.getMessage(), "write lines NAME=value"));
        }
    }

    /** The part of the path that all repositories share. */
    private Optional<Path> folder() {
        var template = destination.repository();
        int named = template.indexOf('{');
        return template.startsWith("/")
                ? Optional.of(Path.of(named < 0 ? template : template.substring(0, template.lastIndexOf('/', named))))
                : Optional.empty();
    }

    private void space(Path folder, List<Finding> found) {
        if (!Files.isDirectory(folder)) {
            found.add(Finding.bad(about(), folder + " is not there", "mount it; a backup never makes it by itself"));
            return;
        }
        try {
            FileStore store = Files.getFileStore(folder);
            double free = (double) store.getUsableSpace() / Math.max(1, store.getTotalSpace());
            var words = String.format("%s has %.0f %% free", folder, free * 100);
            found.add(
                    free < FULL
                            ? Finding.warn(about(), words, "make room, or keep fewer snapshots")
                            : Finding.ok(about(), words));
        } catch (IOException e) {
            found.add(Finding.bad(about(), folder + " cannot be looked at: " + e, "see its mount"));
        }
    }
}
