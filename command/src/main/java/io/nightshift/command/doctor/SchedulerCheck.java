package io.nightshift.command.doctor;

import io.nightshift.command.CommandException;
import io.nightshift.command.Surroundings;
import io.nightshift.command.api.Api;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Whether the scheduler answers, lets us in, has its bus, and the same time. */
record SchedulerCheck(Surroundings around, Api api) implements Check {
    private static final Duration APART = Duration.ofSeconds(10);
    private static final String ABOUT = "scheduler";

    @Override
    public List<Finding> look() {
        var found = new ArrayList<Finding>();
        try {
            var answer = api.look("/api/verdict");
            found.add(judge(answer));
            answer.headers().firstValue("Date").ifPresent(date -> clock(date, found));
            if (api.look("/q/health/ready").statusCode() == 503) {
                found.add(Finding.bad(ABOUT, "is not ready", "see whether NATS runs, and the scheduler's log"));
            }
        } catch (CommandException e) {
            found.add(Finding.bad(ABOUT, String.valueOf(e.getMessage()), ""));
        }
        return found;
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
