package io.nightshift.contract.fleet;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Excludes;
import io.nightshift.contract.event.Limits;
import io.nightshift.contract.event.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one service is backed up to one destination, with all defaults and overrides applied.
 *
 * @param enabled whether it is part of a night; asked for by name it is run all the same
 * @param repository of restic, for this service alone
 * @param overdueAfter a good backup that is older is overdue; longer than from one night to the end of the next
 * @param excludeFiles on the worker's machine
 * @param resticOptions further arguments of {@code restic backup}
 * @param compression {@code auto}, {@code max}, {@code off}
 * @param before commands on the worker's machine before the backup: one that fails fails the job
 * @param after commands after it
 * @param stop commands on the worker's machine that stop the service before a restore in place
 * @param start commands that start it again
 */
public record ServiceBackup(
        Target target,
        boolean enabled,
        String repository,
        List<String> paths,
        Excludes excludes,
        List<Path> excludeFiles,
        List<String> tags,
        Retention retention,
        Upkeep upkeep,
        Duration overdueAfter,
        Limits limits,
        boolean allowEmpty,
        double shrinkTolerance,
        List<String> resticOptions,
        Optional<String> compression,
        List<HookCommand> before,
        List<HookCommand> after,
        List<HookCommand> stop,
        List<HookCommand> start) {}
