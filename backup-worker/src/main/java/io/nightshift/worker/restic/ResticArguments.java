package io.nightshift.worker.restic;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Limits;
import io.nightshift.contract.event.Retention;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.worker.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What restic is called with. Pure; no secret ever. Repository and password come by the environment. */
final class ResticArguments {
    /** Read in restic's local time, which is UTC: {@link ResticRepositories} sets TZ. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private ResticArguments() {}

    /** @param excludeFiles already made to fit the view */
    static List<String> backup(
            Job.Backup job,
            ServiceBackup own,
            Views.View view,
            List<Path> excludeFiles,
            Instant time,
            Duration retryLock,
            List<String> more) {
        var target = job.id().target();
        var arguments = start("backup", job.limits(), retryLock);
        arguments.addAll(List.of("--host", target.host(), "--group-by", "host"));
        tags(job).forEach(tag -> arguments.add("--tag=" + tag));
        arguments.addAll(List.of("--time", TIME.format(time)));
        HostPatterns.inView(job.excludes().patterns(), view::inside)
                .forEach(pattern -> arguments.add("--exclude=" + pattern));
        excludeFiles.forEach(file -> arguments.add("--exclude-file=" + file));
        job.excludes().ifPresent().forEach(name -> arguments.add("--exclude-if-present=" + name));
        if (job.excludes().caches()) {
            arguments.add("--exclude-caches");
        }
        own.compression().ifPresent(mode -> arguments.add("--compression=" + mode));
        arguments.addAll(own.resticOptions());
        arguments.addAll(more);
        arguments.add("--");
        arguments.addAll(view.paths());
        return List.copyOf(arguments);
    }

    private static List<String> tags(Job.Backup job) {
        var target = job.id().target();
        var tags = new ArrayList<>(List.of(
                "service:" + target.service(),
                "destination:" + target.destination(),
                "night:" + job.id().night(),
                "job:" + job.id()));
        tags.addAll(job.tags());
        return tags;
    }

    /** Without a lock: it only looks, and must not fail because of one that a dead worker left. */
    static List<String> snapshotsOf(JobId job) {
        return List.of(
                "snapshots", "--json", "--no-lock", "--host", job.target().host(), "--tag=job:" + job);
    }

    static List<String> forget(Job.Forget job, Duration retryLock) {
        var target = job.id().target();
        var arguments = start("forget", job.limits(), retryLock);
        arguments.addAll(List.of("--prune", "--group-by", "host", "--host", target.host()));
        arguments.addAll(List.of("--tag", "service:" + target.service()));
        keep(arguments, job.retention());
        return List.copyOf(arguments);
    }

    private static void keep(List<String> arguments, Retention retention) {
        option(arguments, "--keep-last", retention.last());
        option(arguments, "--keep-hourly", retention.hourly());
        option(arguments, "--keep-daily", retention.daily());
        option(arguments, "--keep-weekly", retention.weekly());
        option(arguments, "--keep-monthly", retention.monthly());
        option(arguments, "--keep-yearly", retention.yearly());
        option(arguments, "--keep-within", retention.within());
        option(arguments, "--keep-within-hourly", retention.withinHourly());
        option(arguments, "--keep-within-daily", retention.withinDaily());
        option(arguments, "--keep-within-weekly", retention.withinWeekly());
        option(arguments, "--keep-within-monthly", retention.withinMonthly());
        option(arguments, "--keep-within-yearly", retention.withinYearly());
        retention.tags().forEach(tag -> arguments.add("--keep-tag=" + tag));
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static void option(List<String> arguments, String name, Optional<?> value) {
        value.ifPresent(present -> arguments.add(name + "=" + present));
    }

    static List<String> check(Job.Check job, Duration retryLock) {
        var arguments = start("check", job.limits(), retryLock);
        job.readDataSubset().ifPresent(part -> arguments.add("--read-data-subset=" + part));
        return List.copyOf(arguments);
    }

    private static List<String> start(String command, Limits limits, Duration retryLock) {
        var arguments = new ArrayList<>(List.of(command, "--json", "--retry-lock", retryLock.toSeconds() + "s"));
        limits.uploadKibPerSecond().ifPresent(rate -> arguments.add("--limit-upload=" + rate));
        limits.downloadKibPerSecond().ifPresent(rate -> arguments.add("--limit-download=" + rate));
        return arguments;
    }
}
