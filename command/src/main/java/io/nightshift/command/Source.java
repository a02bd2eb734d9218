package io.nightshift.command;

import io.nightshift.command.api.Access;
import io.nightshift.command.api.Api;
import io.nightshift.command.direct.Repositories;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where it is read what can be restored: by the scheduler and its workers, or from the repositories alone. */
final class Source {
    @Mixin
    private final Access access = new Access();

    @Mixin
    private final FleetOption fleet = new FleetOption();

    @Option(
            names = "--direct",
            description = "Ask nobody: run restic here, with the fleet file and the secrets of this machine.")
    private boolean direct;

    Source() {}

    boolean isDirect() {
        return direct;
    }

    Api api(Surroundings around) {
        return access.api(around);
    }

    Repositories repositories(Surroundings around) {
        return new Repositories(around, fleet.read(around));
    }
}
