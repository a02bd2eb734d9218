package io.nightshift.snapshot.service;

import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.Host;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.snapshot.Announcements;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.Safeguards;
import io.nightshift.snapshot.ServedHost;
import io.nightshift.snapshot.SnapshotConfig;
import io.nightshift.snapshot.SnapshotException;
import io.nightshift.snapshot.SnapshotKeeper;
import io.nightshift.snapshot.Snapshots;
import io.nightshift.snapshot.ViewRootLock;
import io.nightshift.snapshot.Views;
import io.nightshift.snapshot.copy.CopyDisk;
import io.nightshift.snapshot.copy.CopyInventory;
import io.nightshift.snapshot.copy.CopySnapshots;
import io.nightshift.snapshot.copy.NoSafeguards;
import io.nightshift.snapshot.coverage.AlertLedger;
import io.nightshift.snapshot.coverage.Watch;
import io.nightshift.snapshot.zfs.ZfsInventory;
import io.nightshift.snapshot.zfs.ZfsPools;
import io.nightshift.snapshot.zfs.ZfsSafeguards;
import io.nightshift.snapshot.zfs.ZfsSnapshots;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Which parts are used, by the settings and the fleet file. */
class Wiring {

    @Produces
    @Singleton
    ServedHost host(SnapshotConfig config) {
        return ServedHost.of(
                FleetFile.read(config.fleet(), System.getenv()),
                config.snapshot().host());
    }

    /** The views need it, so nothing is done without it. */
    @Produces
    @Singleton
    ViewRootLock lock(SnapshotConfig config, ServedHost served) {
        try {
            return ViewRootLock.take(config.snapshot().viewRoot(), served.host().name());
        } catch (SnapshotException e) {
            throw new ConfigurationException(e.reason() + "; " + e.advice()); // told in one line, without a stack trace
        }
    }

    void unlock(@Disposes ViewRootLock lock) {
        lock.close();
    }

    @Produces
    @Singleton
    Views views(SnapshotConfig config, ViewRootLock lock) {
        return new Views(config.snapshot().viewRoot());
    }

    @Produces
    @Singleton
    Snapshots snapshots(ServedHost served, SnapshotConfig config, Views views) {
        var runner = new SystemProgramRunner();
        if (served.host().kind() == Kind.COPY) {
            List<String> paths = served.host().services().values().stream()
                    .flatMap(service -> service.paths().stream())
                    .toList();
            var programs = new Programs(runner, config.snapshot().copyTimeout());
            return new CopySnapshots(
                    paths,
                    views,
                    programs,
                    InstantSource.system(),
                    config.snapshot().copySettleTime());
        }
        return new ZfsSnapshots(
                served.host().datasets(),
                served.snapshotName(),
                served.host().access(),
                new Programs(runner, config.snapshot().commandTimeout()),
                views);
    }

    @Produces
    @Singleton
    Safeguards safeguards(ServedHost served, SnapshotConfig config) {
        if (served.host().kind() == Kind.COPY) {
            return new NoSafeguards();
        }
        return new ZfsSafeguards(
                served.host().datasets(),
                new Programs(new SystemProgramRunner(), config.snapshot().commandTimeout()),
                InstantSource.system(),
                config.snapshot().restoreKeep());
    }

    @Produces
    @Singleton
    Watch watch(ServedHost served, SnapshotConfig config, AlertLedger ledger) {
        Host host = served.host();
        var programs = new Programs(new SystemProgramRunner(), config.snapshot().commandTimeout());
        boolean copies = host.kind() == Kind.COPY;
        return new Watch(
                host,
                copies ? new CopyInventory(host.coverage().roots()) : new ZfsInventory(host, programs),
                copies ? new CopyDisk(config.snapshot().viewRoot()) : new ZfsPools(host.datasets(), programs),
                ledger,
                InstantSource.system(),
                config.snapshot().diskLimit());
    }

    @Produces
    @Singleton
    SnapshotKeeper keeper(
            SnapshotConfig config, Snapshots snapshots, Announcements announcements, Views views, Watch watch) {
        return new SnapshotKeeper(
                config.snapshot(), snapshots, announcements, views, watch::coverage, InstantSource.system());
    }
}
