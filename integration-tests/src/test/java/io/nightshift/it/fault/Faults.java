package io.nightshift.it.fault;

import java.util.List;
import java.util.stream.Stream;

/** Everything that is done to the services. */
final class Faults {
    private Faults() {}

    static List<Fault> all() {
        return Stream.of(
                        Deaths.FAULTS,
                        UpkeepFaults.FAULTS,
                        Outages.FAULTS,
                        ClusterFaults.FAULTS,
                        Doubles.FAULTS,
                        ResticFaults.FAULTS,
                        DestinationFaults.FAULTS,
                        ServerFaults.FAULTS,
                        ClockFaults.FAULTS,
                        Storm.FAULTS)
                .flatMap(List::stream)
                .toList();
    }
}
