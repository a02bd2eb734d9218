package io.nightshift.scheduler.access;

import io.nightshift.scheduler.SchedulerConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Templates know the door by its name. */
class AccessWiring {
    @Produces
    @Singleton
    @Named("door")
    Door door(SchedulerConfig config, InstantSource clock) {
        var scheduler = config.scheduler();
        return new Door(scheduler.tokenFile().map(file -> Token.read(file, scheduler.allowReadableSecrets())), clock);
    }
}
