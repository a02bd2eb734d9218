package io.nightshift.scheduler.ask;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.Host;
import io.nightshift.contract.fleet.Service;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.scheduler.request.RefusedRequestException;
import io.nightshift.scheduler.state.RestoreState;
import io.nightshift.scheduler.state.Restores;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Asks workers for data, and to leave off. Nothing is asked for where a part of an order makes no sense. */
public final class Restoring {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Fleet fleet;
    private final Outbox outbox;
    private final Restores restores;
    private final BestDestination best;
    private final InstantSource clock;

    public Restoring(Fleet fleet, Outbox outbox, Looking looking, Restores restores, InstantSource clock) {
        this.fleet = fleet;
        this.outbox = outbox;
        this.restores = restores;
        this.best = new BestDestination(looking);
        this.clock = clock;
    }

    private record Chosen(Target target, RestoreRequest request) {}

    /**
     * One restore for each service, all by the same id.
     *
     * @throws RefusedRequestException if there is no such host, service or destination
     */
    public List<RestoreState> order(RestoreOrder order) {
        return order(order, name());
    }

    /** @param id the same one twice is one restore */
    public List<RestoreState> order(RestoreOrder order, String id) {
        var services = services(order);
        var chosen = services.stream()
                .map(service -> choose(order, service, id, services.size() > 1 || order.ofWholeHost()))
                .toList();
        return chosen.stream().map(each -> ask(each, id)).toList();
    }

    private String name() {
        return NAME.format(clock.instant()) + "-" + UUID.randomUUID().toString().substring(0, 4);
    }

    private RestoreState ask(Chosen chosen, String id) {
        outbox.restore(chosen.target(), chosen.request()); // first: what NATS has not taken was not asked for
        restores.asked(id, chosen.target(), clock.instant());
        return one(chosen.target(), id);
    }

    private List<Service> services(RestoreOrder order) {
        var host = Optional.ofNullable(fleet.hosts().get(order.host()))
                .orElseThrow(() -> unknown(
                        "host", order.host(), "the fleet file", fleet.hosts().keySet()));
        if (order.ofWholeHost()) {
            var all = host.services().values().stream()
                    .filter(service -> !candidates(order, service).isEmpty())
                    .toList();
            return requireSome(all, order);
        }
        return order.services().stream()
                .distinct()
                .map(name -> service(host, name))
                .toList();
    }

    private static List<Service> requireSome(List<Service> services, RestoreOrder order) {
        if (services.isEmpty()) {
            throw new RefusedRequestException("host " + order.host() + " has no service that is backed up"
                    + order.destination().map(name -> " to " + name).orElse(""));
        }
        return services;
    }

    private static Service service(Host host, String name) {
        return Optional.ofNullable(host.services().get(name))
                .orElseThrow(() -> unknown(
                        "service", name, "host " + host.name(), host.services().keySet()));
    }

    /** What is switched off can be restored as well: its repository is still there. */
    private static List<ServiceBackup> candidates(RestoreOrder order, Service service) {
        return service.backups().values().stream()
                .filter(backup -> order.destination()
                        .map(backup.target().destination()::equals)
                        .orElse(true))
                .toList();
    }

    private Chosen choose(RestoreOrder order, Service service, String id, boolean several) {
        var request = order.request(id, service.name(), several);
        var backups = candidates(order, service);
        if (backups.isEmpty()) {
            throw unknown(
                    "destination",
                    order.destination().orElse(""),
                    "service " + service.name() + " of host " + order.host(),
                    service.backups().keySet());
        }
        return new Chosen(best.of(backups, request), request);
    }

    private static RefusedRequestException unknown(String what, String name, String where, Collection<String> known) {
        return new RefusedRequestException(
                "there is no " + what + " '" + name + "' in " + where + "; known: " + String.join(", ", known));
    }

    /** @throws RefusedRequestException if none of that id is known */
    public RestoreState one(Target target, String id) {
        return restores.one(target, id)
                .orElseThrow(() -> new RefusedRequestException("there is no restore " + id + " of " + target
                        + "; GET /api/restores lists those of the last days"));
    }

    /** Of one that has ended, nothing happens. */
    public RestoreState cancel(Target target, String id) {
        var state = one(target, id);
        outbox.cancel(target, id);
        return state;
    }
}
