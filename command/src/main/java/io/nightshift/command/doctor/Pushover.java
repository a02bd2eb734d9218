package io.nightshift.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.command.CommandException;
import io.nightshift.command.Exits;
import io.nightshift.command.Surroundings;
import io.nightshift.command.api.Api;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The account of the notifier's settings on this machine, by their environment variables. Source: pushover.net/api, "Pushing
 * messages" and "User/group verification".
 */
final class Pushover {
    static final String PREFIX = "NIGHTSHIFT_NOTIFIER_PUSHOVER_";
    private static final String BASE = "https://api.pushover.net";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Surroundings around;

    Pushover(Surroundings around) {
        this.around = around;
    }

    boolean isConfigured() {
        return around.environment().keySet().stream().anyMatch(name -> name.matches(PREFIX + "(TOKEN|USER)(_FILE)?"));
    }

    /** Whether token and user are known there; no message is sent. */
    void validate() throws InterruptedException {
        post("/1/users/validate.json", Map.of());
    }

    void send(String title, String message) throws InterruptedException {
        post("/1/messages.json", Map.of("title", title, "message", message));
    }

    /** @throws CommandException if it was not taken, with Pushover's own words */
    private void post(String path, Map<String, String> more) throws InterruptedException {
        var fields = new TreeMap<>(more);
        fields.put("token", secret("TOKEN"));
        fields.put("user", secret("USER"));
        around.variable(PREFIX + "DEVICE").ifPresent(device -> fields.put("device", device));
        var base = around.variable(PREFIX + "BASE_URL").orElse(BASE).replaceAll("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields)))
                .build();
        try {
            var http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
            var answer = http.send(request, BodyHandlers.ofString());
            var body = Api.parse(answer.body());
            if (answer.statusCode() != 200 || body.path("status").asInt() != 1) {
                throw CommandException.failed("Pushover answers HTTP " + answer.statusCode() + ": " + errors(body)
                        + "; check token and user at pushover.net");
            }
        } catch (IOException e) {
            throw new CommandException(
                    Exits.UNREACHABLE, base + " cannot be reached: " + e.getMessage() + "; check the network");
        }
    }

    private static String errors(JsonNode body) {
        var errors = body.path("errors");
        return errors.isEmpty() ? "no reason" : errors.path(0).asText();
    }

    private String secret(String name) {
        var file = around.variable(PREFIX + name + "_FILE").map(Path::of);
        var value = file.isPresent() ? read(file.get()) : around.variable(PREFIX + name);
        return value.filter(text -> !text.isEmpty())
                .orElseThrow(() -> CommandException.usage(
                        "no " + PREFIX + name + "_FILE is set; give it the file that the notifier has"));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw CommandException.usage("not read: " + e + "; it must be readable by this user");
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
