package io.nightshift.scheduler.page;

import io.nightshift.contract.plan.Forecast;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The next runs by night; of a big fleet only the first, unless all are asked for. */
record PlanView(List<Night> nights, int unshown) {
    private static final int SHOWN = 300;

    /** @param runs by time */
    record Night(LocalDate date, List<Forecast.Run> runs) {
        private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.UK);

        public String day() {
            return DAY.format(date);
        }
    }

    static PlanView of(List<Forecast.Run> runs, boolean all) {
        int limit = all ? runs.size() : SHOWN;
        var nights = runs.stream()
                .sorted(Comparator.comparing(Forecast.Run::night)
                        .thenComparing(Forecast.Run::due)
                        .thenComparing(Forecast.Run::target))
                .limit(limit)
                .collect(Collectors.groupingBy(Forecast.Run::night, TreeMap::new, Collectors.toList()));
        return new PlanView(
                nights.entrySet().stream()
                        .map(night -> new Night(night.getKey(), night.getValue()))
                        .toList(),
                Math.max(0, runs.size() - limit));
    }
}
