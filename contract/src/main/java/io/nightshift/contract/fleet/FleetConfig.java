package io.nightshift.contract.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fleet file as it is written. Everything is optional text here, so that all that is wrong with a file can be found
 * and said in one go; {@link FleetReader} gives it types, defaults and rules. A mapping of SmallRye Config, registered by
 * {@link FleetFile} alone: it must not become part of the settings of every service.
 */
interface FleetConfig extends FleetSettings {
    String PREFIX = "backup";

    Schedule schedule();

    Snapshot snapshot();

    Map<String, Destination> destinations();

    Map<String, Host> hosts();

    interface Schedule {
        Optional<String> at();

        Optional<String> window();

        Optional<String> zone();
    }

    interface Snapshot {
        Optional<String> name();
    }

    interface Destination extends FleetSettings {
        Optional<String> repository();

        Optional<String> passwordFile();

        Optional<String> envFile();

        Optional<String> requireMount();

        Optional<String> concurrency();
    }

    interface Host extends FleetSettings {
        Optional<String> purpose();

        Optional<String> snapshot();

        Optional<String> access();

        Optional<List<String>> datasets();

        Optional<List<String>> coverage();

        Map<String, String> notBackedUp();

        Map<String, Service> services();
    }

    interface Service extends FleetSettings {
        Optional<List<String>> paths();

        Map<String, Override> destinations();
    }

    /** A service's own settings for one destination. */
    interface Override extends FleetSettings {
        Optional<String> repository();
    }
}
