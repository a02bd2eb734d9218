package io.nightshift.command.doctor;

import io.nightshift.command.CommandException;
import io.nightshift.command.Surroundings;
import io.nightshift.command.api.Api;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the scheduler answers, lets us in, has its bus, and the same time. */
record SchedulerCheck(Surroundings around, Api api) implements Check {
    private static final Duration APART = Duration.ofSeconds(10);
    private static final String ABOUT = "scheduler";
    private static final String DEFAULT_HEALTH_URL = "http://127.0.0.1:9081";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    @Override
    public List<Finding> look() {
        var found = new ArrayList<Finding>();
        try {
            var answer = api.look("/api/verdict");
            found.add(judge(answer));
            answer.headers().firstValue("Date").ifPresent(date -> clock(date, found));
            health(found);
        } catch (CommandException e) {
            found.add(Finding.bad(ABOUT, String.valueOf(e.getMessage()), ""));
        }
        return found;
    }

    /** Of a scheduler on another machine only where its address is named, since it listens on the loopback address. */
    private void health(List<Finding> found) {
        var named = around.variable("NIGHTSHIFT_HEALTH_URL");
        if (named.isEmpty() && !LOOPBACK.contains(api.url().getHost())) {
            return;
        }
        var url = named.orElse(DEFAULT_HEALTH_URL);
        try {
            if (new Api(URI.create(url), Optional.empty())
                            .look("/q/health/ready")
                            .statusCode()
                    == 503) {
                found.add(Finding.bad(ABOUT, "is not ready", "see whether NATS runs, and the scheduler's log"));
            }
        } catch (CommandException | IllegalArgumentException e) {
            found.add(Finding.warn(
                    ABOUT,
                    "does not tell its health at " + url,
                    "set NIGHTSHIFT_HEALTH_URL to the address of its quarkus.management.port"));
        }
    }

    private Finding judge(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200 ->
                Finding.ok(
                        ABOUT,
                        "answers at " + api.url() + ": "
                                + Api.parse(answer.body()).path("headline").asText());
            case 401, 403 ->
                Finding.bad(
                        ABOUT,
                        "does not let us in: "
                                + Api.parse(answer.body()).path("detail").asText("HTTP " + answer.statusCode()),
                        "set NIGHTSHIFT_TOKEN_FILE to the file of nightshift.scheduler.token-file");
            default ->
                Finding.bad(
                        ABOUT,
                        "answers HTTP " + answer.statusCode() + " at " + api.url(),
                        "is that its address? set NIGHTSHIFT_URL");
        };
    }

    private void clock(String date, List<Finding> found) {
        try {
            var theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            var apart = Duration.between(theirs, around.clock().instant()).abs();
            if (apart.compareTo(APART) > 0) {
                found.add(Finding.bad(
                        "clock",
                        "differs from the scheduler's by " + apart.toSeconds() + " s",
                        "keep both right by NTP"));
            }
        } catch (DateTimeException e) {
            found.add(Finding.warn(
                    "clock", "the scheduler's answer has no date that can be read: " + date, "is a proxy in between?"));
        }
    }
}
