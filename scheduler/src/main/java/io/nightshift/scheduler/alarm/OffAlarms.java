package io.nightshift.scheduler.alarm;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.plan.SwitchedOff;
import java.time.Instant;
import java.util.stream.Collectors;

/** Warns of what is switched off where it matters, for as long as it is. */
public final class OffAlarms {
    private final Fleet fleet;
    private final Alarms alarms;

    public OffAlarms(Fleet fleet, Alarms alarms) {
        this.fleet = fleet;
        this.alarms = alarms;
    }

    public void look(Instant now) {
        var off = SwitchedOff.of(fleet);
        off.forEach(one ->
                alarms.raise(Alert.of(Alert.DISABLED, one.about(), now, one.message(), SwitchedOff.ADVICE), now));
        var names = off.stream().map(SwitchedOff::about).collect(Collectors.toSet());
        alarms.raised(Alert.DISABLED).stream()
                .filter(raised -> !names.contains(raised.about()))
                .forEach(raised -> alarms.end(
                        Alert.DISABLED,
                        raised.about(),
                        now,
                        raised.about() + ": no longer switched off, or no longer there"));
    }
}
