package io.nightshift.snapshot.service;

import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.snapshot.Announcements;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.ServedHost;
import io.nightshift.snapshot.SnapshotConfig;
import io.nightshift.snapshot.SnapshotKeeper;
import io.nightshift.snapshot.Snapshots;
import io.nightshift.snapshot.Views;
import io.nightshift.snapshot.copy.CopySnapshots;
import io.nightshift.snapshot.zfs.ZfsSnapshots;
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

    @Produces
    @Singleton
    Views views(SnapshotConfig config) {
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
    SnapshotKeeper keeper(SnapshotConfig config, Snapshots snapshots, Announcements announcements, Views views) {
        return new SnapshotKeeper(config.snapshot(), snapshots, announcements, views, InstantSource.system());
    }
}
