package io.nightshift.scheduler.page;

import io.nightshift.scheduler.state.Health;
import io.nightshift.scheduler.state.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Service by destination, the worst service first; one page of it.
 *
 * @param destinations the columns
 * @param total services that fit the filter
 */
record Grid(List<String> destinations, List<Row> rows, Filter filter, int total, int pages) {
    private static final int ROWS = 50;

    /**
     * @param text part of a name of host or service
     * @param health a word, or empty for all
     * @param page from 1
     */
    record Filter(String text, String health, int page) {
        public int previous() {
            return page - 1;
        }

        public int next() {
            return page + 1;
        }

        boolean fits(Summary target) {
            var name = target.host() + "/" + target.service();
            return name.contains(text.toLowerCase(Locale.ROOT).strip())
                    && (health.isEmpty() || health.equals(target.health().word()));
        }
    }

    /** @param cells one for each destination, empty where the service does not go there */
    record Row(String host, String service, List<Optional<Summary>> cells) {}

    /** @param targets worst first */
    static Grid of(List<Summary> targets, Filter filter) {
        var destinations = new TreeSet<String>();
        var services = new LinkedHashMap<String, List<Summary>>();
        for (var target : targets) {
            destinations.add(target.destination());
            services.computeIfAbsent(target.host() + "/" + target.service(), name -> new ArrayList<>())
                    .add(target);
        }
        var columns = List.copyOf(destinations);
        var fitting = services.values().stream()
                .filter(service -> service.stream().anyMatch(filter::fits))
                .toList();
        int pages = Math.max(1, (fitting.size() + ROWS - 1) / ROWS);
        int page = Math.max(1, Math.min(filter.page(), pages));
        var rows = fitting.stream()
                .skip((page - 1L) * ROWS)
                .limit(ROWS)
                .map(service -> row(service, columns))
                .toList();
        return new Grid(columns, rows, new Filter(filter.text(), filter.health(), page), fitting.size(), pages);
    }

    private static Row row(List<Summary> service, List<String> destinations) {
        var cells = destinations.stream()
                .map(name -> service.stream()
                        .filter(target -> target.destination().equals(name))
                        .min(Comparator.comparing(Summary::target)))
                .toList();
        return new Row(service.get(0).host(), service.get(0).service(), cells);
    }

    public List<Health> healths() {
        return List.of(Health.values());
    }
}
