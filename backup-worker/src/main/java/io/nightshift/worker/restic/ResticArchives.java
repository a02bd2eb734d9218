package io.nightshift.worker.restic;

import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.worker.WorkerConfig;
import io.nightshift.worker.restore.Archive;
import jakarta.enterprise.context.ApplicationScoped;

/** The repositories, to read from. */
@ApplicationScoped
class ResticArchives implements Archive.Opener {
    private final ResticRepositories repositories;
    private final WorkerConfig.Worker config;

    ResticArchives(ResticRepositories repositories, WorkerConfig config) {
        this.repositories = repositories;
        this.config = config.worker();
    }

    @Override
    public Archive open(ServiceBackup backup, Destination destination) {
        return new ResticArchive(repositories.open(backup, destination), backup, config.retryLock());
    }
}
