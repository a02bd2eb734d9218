package io.nightshift.contract.fleet;

import java.util.List;
import java.util.Optional;

/** What can be said at every level: of all, a host, a destination, a service, a service's destination. */
interface FleetSettings {
    Optional<String> enabled();

    Optional<List<String>> exclude();

    Optional<List<String>> excludeFile();

    Optional<List<String>> excludeIfPresent();

    Optional<String> excludeCaches();

    Optional<List<String>> tags();

    Retention retention();

    Upkeep upkeep();

    Optional<List<String>> resticOptions();

    Optional<String> compression();

    Optional<String> limitUpload();

    Optional<String> limitDownload();

    Optional<String> timeout();

    Optional<String> allowEmpty();

    Optional<String> shrinkTolerance();

    Optional<String> overdueAfter();

    List<Command> before();

    List<Command> after();

    List<Command> stop();

    List<Command> start();

    interface Retention {
        Optional<String> keepLast();

        Optional<String> keepHourly();

        Optional<String> keepDaily();

        Optional<String> keepWeekly();

        Optional<String> keepMonthly();

        Optional<String> keepYearly();

        Optional<String> keepWithin();

        Optional<String> keepWithinHourly();

        Optional<String> keepWithinDaily();

        Optional<String> keepWithinWeekly();

        Optional<String> keepWithinMonthly();

        Optional<String> keepWithinYearly();

        Optional<List<String>> keepTag();
    }

    interface Upkeep {
        Optional<String> forget();

        Optional<String> check();

        Optional<String> readDataSubset();

        Optional<String> restoreTest();

        Optional<String> restoreTestSize();
    }

    interface Command {
        Optional<List<String>> command();

        Optional<String> timeout();

        Optional<String> when();
    }
}
