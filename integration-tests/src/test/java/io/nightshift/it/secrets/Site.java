package io.nightshift.it.secrets;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Page, API and health of the scheduler, as somebody with a token, with a wrong one, and with none sees them. */
final class Site {
    private static final List<String> PAGES = List.of(
            "/",
            "/hosts",
            "/plan",
            "/settings",
            "/jobs/here/files/locked",
            "/jobs/here/nothing/locked",
            "/api/verdict",
            "/api/targets",
            "/api/targets/here/files/locked",
            "/api/targets/here/files/locked/history",
            "/api/targets/here/files/cloud/snapshots",
            "/api/targets/here/files/locked/snapshots",
            "/api/restores",
            "/api/running",
            "/api/alerts",
            "/api/rejected",
            "/api/hosts",
            "/api/events",
            "/api/plan",
            "/api/settings",
            "/api/openapi",
            "/nowhere");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> answers = new ArrayList<>();
    private final String url;
    private final String health;
    private final String token;

    /** @param settings that {@code up} has written for the command */
    Site(Path settings, String token) throws IOException {
        Map<String, String> all = Files.readAllLines(settings).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
        this.url = String.valueOf(all.get("NIGHTSHIFT_URL"));
        this.health = String.valueOf(all.get("NIGHTSHIFT_HEALTH_URL"));
        this.token = token;
    }

    /** The wrong token only twice: more would close the door for a minute. */
    void lookAround() throws IOException, InterruptedException {
        get(health + "/q/health", request -> request);
        for (var page : PAGES) {
            get(url + page, request -> request.header("Authorization", "Bearer " + token));
            get(url + page, request -> request);
        }
        get(url + "/api/verdict", request -> request.header("Authorization", "Bearer " + token + "x"));
        logIn(token.substring(1));
        logIn(token);
        post("/api/restores", "{\"host\":\"here\",\"services\":[\"files\"],\"token\":\"x\"}");
        post(
                "/api/restores",
                "{\"host\":\"here\",\"services\":[\"files\"],\"destination\":\"locked\",\"dryRun\":true}");
    }

    private void logIn(String with) throws IOException, InterruptedException {
        var form = "token=" + URLEncoder.encode(with, StandardCharsets.UTF_8);
        get(
                url + "/login",
                request -> request.header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", url)
                        .POST(BodyPublishers.ofString(form)));
    }

    private void post(String path, String body) throws IOException, InterruptedException {
        get(
                url + path,
                request -> request.header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private void get(String address, UnaryOperator<HttpRequest.Builder> more) throws IOException, InterruptedException {
        var request = more.apply(HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMinutes(2)));
        var answer = http.send(request.build(), BodyHandlers.ofString());
        answers.add(
                address + " " + answer.statusCode() + " \n" + answer.headers().map() + "\n" + answer.body());
    }

    /** Each with its address and status in the first line. */
    List<String> answers() {
        return answers;
    }
}
