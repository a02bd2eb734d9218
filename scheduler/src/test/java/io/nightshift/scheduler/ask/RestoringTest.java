package io.nightshift.scheduler.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.event.StoredSnapshot;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.request.RefusedRequestException;
import io.nightshift.scheduler.state.Restores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoringTest {
    private static final Instant NOW = Instant.parse("2026-04-17T09:30:12Z");

    private final Map<Target, RestoreRequest> said = new TreeMap<>();
    private final List<String> cancelled = new ArrayList<>();
    private final Map<String, List<StoredSnapshot>> stored = new HashMap<>();
    private final Restores restores = new Restores();
    private Restoring restoring;

    @BeforeEach
    void wire(@TempDir Path folder) throws Exception {
        Fleet fleet = Fleets.of(folder, Fleets.destination("local", "") + """
                    remote: { repository: "s3:https://s3.example.org/{host}/{service}", password-file: /run/secrets/restic }
                """, """
                    daedalus:
                      datasets: [rpool/persist]
                      services:
                        app: { paths: [/persist/app] }
                        web: { paths: [/persist/web] }
                """);
        var outbox = new Outbox() {
            @Override
            public void request(String subject, BackupRequest request) {
                throw new IllegalStateException(subject);
            }

            @Override
            public void restore(Target target, RestoreRequest request) {
                said.put(target, request);
            }

            @Override
            public void cancel(Target target, String restore) {
                cancelled.add(target + "/" + restore);
            }
        };
        restoring = new Restoring(fleet, outbox, new Looking(fleet, this::answer), restores, () -> NOW);
        has("app/local", "2026-04-15T16:00:01Z");
        has("app/remote", "2026-04-16T16:00:01Z", "2026-04-14T16:00:01Z");
        has("web/local", "2026-04-16T16:00:01Z");
        has("web/remote", "2026-04-16T16:00:01Z");
    }

    private void has(String place, String... times) {
        var snapshots = new ArrayList<StoredSnapshot>();
        for (var time : times) {
            snapshots.add(new StoredSnapshot(
                    "0123456789abcdef" + times.length,
                    Instant.parse(time),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
        stored.put("daedalus/" + place, snapshots);
    }

    /** As a worker would, one snapshot a page. */
    private QueryAnswer answer(Target target, Query query) {
        var all = stored.get(target.toString());
        if (all == null) {
            throw NobodyAnswersException.missing(target);
        }
        int from = Math.min(query.offset(), all.size());
        int to = Math.min(from + 1, all.size());
        return all.isEmpty()
                ? new QueryAnswer.Failed(Failure.of(Cause.WRONG_PASSWORD, "wrong password", "correct it"))
                : new QueryAnswer.Snapshots(all.size(), all.subList(from, to), to < all.size());
    }

    private static RestoreOrder order(List<String> services, String destination, String at, String folder) {
        return new RestoreOrder(
                "daedalus",
                services,
                Optional.of(destination).filter(name -> !name.isEmpty()),
                Optional.empty(),
                Optional.of(at).filter(text -> !text.isEmpty()).map(Instant::parse),
                List.of(),
                Optional.empty(),
                Optional.of(folder).filter(path -> !path.isEmpty()),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Test
    void the_newest_snapshot_decides_from_where_and_of_two_alike_the_nearer_place() {
        restoring.order(order(List.of("all"), "all", "", ""));

        assertThat(said.keySet())
                .extracting(Target::toString)
                .containsExactly("daedalus/app/remote", "daedalus/web/local");
    }

    @Test
    void of_a_time_only_what_is_not_later_counts() {
        restoring.order(order(List.of("app"), "", "2026-04-16T00:00:00Z", ""));
        assertThat(said.keySet()).extracting(Target::toString).containsExactly("daedalus/app/local");
        said.clear();

        restoring.order(order(List.of("app"), "", "2026-04-15T00:00:00Z", ""));
        assertThat(said.keySet())
                .as("on the second page of the other")
                .extracting(Target::toString)
                .containsExactly("daedalus/app/remote");
    }

    @Test
    void a_destination_that_does_not_answer_is_left_out_and_when_none_does_each_says_why() {
        stored.remove("daedalus/app/remote");
        restoring.order(order(List.of("app"), "", "", ""));
        assertThat(said.keySet()).extracting(Target::toString).containsExactly("daedalus/app/local");
        said.clear();

        has("app/local");
        assertThatThrownBy(() -> restoring.order(order(List.of("web", "app"), "", "", "")))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("wrong password")
                .hasMessageContaining("no worker of host daedalus for destination remote runs");
        assertThat(said).as("nothing is half done").isEmpty();
    }

    @Test
    void several_services_have_one_id_and_a_folder_each_and_are_shown_at_once() {
        var states = restoring.order(order(List.of("app", "web"), "local", "", "/restored/x"));

        assertThat(said.values())
                .extracting(request -> request.folder().orElseThrow())
                .containsExactly("/restored/x/app", "/restored/x/web");
        assertThat(states.get(0).id()).isEqualTo(states.get(1).id());
        assertThat(restores.all()).extracting(state -> state.state()).containsExactly("asked", "asked");
    }

    @Test
    void one_service_gets_the_folder_itself() {
        restoring.order(order(List.of("app"), "local", "", "/restored/x"));

        assertThat(said.values())
                .extracting(request -> request.folder().orElseThrow())
                .containsExactly("/restored/x");
    }

    @Test
    void what_the_fleet_file_does_not_have_is_refused_with_what_it_has() {
        assertThatThrownBy(() -> restoring.order(order(List.of("apple"), "", "", "")))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessage("there is no service 'apple' in host daedalus; known: app, web");
        assertThatThrownBy(() -> restoring.order(order(List.of("app"), "moon", "", "")))
                .hasMessageContaining("no destination 'moon'");
        assertThatThrownBy(() -> restoring.order(order(List.of("all"), "moon", "", "")))
                .hasMessageContaining("no service that is backed up to moon");
    }

    @Test
    void an_end_is_asked_for_by_the_id() {
        var state = restoring.order(order(List.of("app"), "local", "", "")).get(0);

        restoring.cancel(state.target(), state.id());

        assertThat(cancelled).containsExactly("daedalus/app/local/" + state.id());
        assertThatThrownBy(() -> restoring.cancel(state.target(), "unknown"))
                .isInstanceOf(RefusedRequestException.class);
    }
}
