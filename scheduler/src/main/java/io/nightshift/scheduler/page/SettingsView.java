package io.nightshift.scheduler.page;

import io.nightshift.scheduler.api.FleetSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The settings by what they are of; of a big fleet only the first, unless all are asked for. */
record SettingsView(List<Part> parts, int unshown) {
    private static final int SHOWN = 100;

    /** @param about the schedule, a destination, a host or a target */
    record Part(String about, List<FleetSettings.Line> lines) {
        /** Targets are many, so they are closed at first. */
        public boolean target() {
            return about.contains("/");
        }
    }

    static SettingsView of(List<FleetSettings.Line> lines, boolean all) {
        var parts = lines.stream()
                .collect(Collectors.groupingBy(FleetSettings.Line::about, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(part -> new Part(part.getKey(), part.getValue()))
                .toList();
        int limit = all ? parts.size() : Math.min(parts.size(), SHOWN);
        return new SettingsView(parts.subList(0, limit), parts.size() - limit);
    }
}
