package io.nightshift.contract.fleet;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where backups go.
 *
 * @param repository restic's, with {@code {host}} and {@code {service}} where the names go
 * @param passwordFile on the worker's machine
 * @param envFile on the worker's machine: lines {@code NAME=value} for restic's environment, such as the keys of S3
 * @param requireMount a folder that must be a mount point, else nothing is written
 * @param concurrency runs at once, over all workers and hosts
 */
public record Destination(
        String name,
        boolean enabled,
        String repository,
        Path passwordFile,
        Optional<Path> envFile,
        Optional<Path> requireMount,
        int concurrency) {}
