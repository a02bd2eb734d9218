package io.nightshift.scheduler.page;

import io.nightshift.contract.Target;
import io.nightshift.scheduler.state.Health;
import io.nightshift.scheduler.state.Ranked;
import io.nightshift.scheduler.state.Ranks;
import io.nightshift.scheduler.state.Summary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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

        boolean isOfAll() {
            return text.isBlank() && health.isEmpty();
        }

        boolean fits(Ranked each) {
            var name = each.target().host() + "/" + each.target().service();
            return name.contains(text.toLowerCase(Locale.ROOT).strip())
                    && (health.isEmpty() || health.equals(each.health().word()));
        }
    }

    /** @param cells one for each destination, empty where the service does not go there */
    record Row(String host, String service, List<Optional<Summary>> cells) {}

    /** A service of a host. */
    private record Service(String host, String name) {
        static Service of(Ranked each) {
            return new Service(each.target().host(), each.target().service());
        }
    }

    /** @param summary of a target of the fleet file */
    static Grid of(Ranks ranks, Filter filter, Function<Target, Optional<Summary>> summary) {
        var fitting = filter.isOfAll() ? Set.<Service>of() : fitting(ranks, filter);
        int total = filter.isOfAll() ? ranks.services() : fitting.size();
        int pages = Math.max(1, (total + ROWS - 1) / ROWS);
        int page = Math.max(1, Math.min(filter.page(), pages));
        // Where the worst of a service is, there the service is; no more of them are looked at than up to the end of
        // the page.
        var rows = ranks.worstFirst().stream()
                .map(Service::of)
                .filter(service -> filter.isOfAll() || fitting.contains(service))
                .distinct()
                .skip((page - 1L) * ROWS)
                .limit(ROWS)
                .map(service -> row(service, ranks.destinations(), summary))
                .toList();
        return new Grid(ranks.destinations(), rows, new Filter(filter.text(), filter.health(), page), total, pages);
    }

    /** All services of which any target fits. */
    private static Set<Service> fitting(Ranks ranks, Filter filter) {
        return ranks.worstFirst().stream().filter(filter::fits).map(Service::of).collect(Collectors.toSet());
    }

    private static Row row(Service service, List<String> destinations, Function<Target, Optional<Summary>> summary) {
        var cells = destinations.stream()
                .map(destination -> summary.apply(new Target(service.host(), service.name(), destination)))
                .toList();
        return new Row(service.host(), service.name(), cells);
    }

    public List<Health> healths() {
        return List.of(Health.values());
    }
}
