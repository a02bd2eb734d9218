package io.nightshift.command.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nightshift.command.CommandException;
import io.nightshift.command.Exits;
import io.nightshift.contract.Text;
import io.nightshift.contract.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks the scheduler. Answers are read by name, so that an older command understands a newer scheduler. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    /** A worker that is asked what a slow repository holds takes its time. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final int PAGE = 200;

    private final URI url;
    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    public Api(URI url, Optional<String> token) {
        this.url = url;
        this.token = token;
    }

    public URI url() {
        return url;
    }

    public JsonNode get(String path) {
        return json(send(request(path).timeout(LIMIT).GET(), BodyHandlers.ofString()));
    }

    public JsonNode post(String path, Optional<Object> body) {
        BodyPublisher publisher =
                body.map(Wire::write).map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody());
        var request = request(path).timeout(LIMIT).header("Content-Type", "application/json");
        return json(send(request.POST(publisher), BodyHandlers.ofString()));
    }

    /** The answer itself, for who asks about the scheduler and not of it. */
    public HttpResponse<String> look(String path) {
        return send(request(path).timeout(CONNECT_LIMIT).GET(), BodyHandlers.ofString());
    }

    /** All items of an answer in pages. */
    public List<JsonNode> all(String path) {
        var items = new ArrayList<JsonNode>();
        JsonNode page;
        do {
            var separator = path.contains("?") ? "&" : "?";
            page = get(path + separator + "offset=" + items.size() + "&limit=" + PAGE);
            page.path("items").forEach(items::add);
        } while (!page.path("items").isEmpty()
                && items.size() < page.path("total").asInt());
        return items;
    }

    /** Server-sent events from now on, or from behind the one with that id. */
    public Stream<String> live(Optional<String> lastId) {
        var request = request("/api/live").header("Accept", "text/event-stream");
        lastId.ifPresent(id -> request.header("Last-Event-ID", id));
        var answer = send(request.GET(), BodyHandlers.ofLines());
        return requireGood(
                        answer,
                        String.join(
                                "",
                                answer.statusCode() == 200
                                        ? List.of()
                                        : answer.body().toList()))
                .body();
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public static String text(JsonNode node) {
        return node.toPrettyString();
    }

    /** A missing node if it is no JSON. */
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url.toString().replaceAll("/+$", "") + path));
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return request;
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (ConnectException e) {
            throw unreachable("connection refused", e);
        } catch (IOException e) {
            throw unreachable(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(Exits.NOT_DONE, "interrupted");
        }
    }

    private CommandException unreachable(String why, IOException cause) {
        var problem = new CommandException(
                Exits.UNREACHABLE,
                "the scheduler at " + url + " cannot be reached: " + why
                        + "; see whether it runs, or set NIGHTSHIFT_URL. On a machine with the fleet file,"
                        + " snapshots, ls, restore --to and restic work without it: add --direct");
        problem.initCause(cause);
        return problem;
    }

    private JsonNode json(HttpResponse<String> answer) {
        return parse(requireGood(answer, answer.body()).body());
    }

    private <T> HttpResponse<T> requireGood(HttpResponse<T> answer, String body) {
        int status = answer.statusCode();
        if (status < 300) {
            return answer;
        }
        var detail = parse(body).path("detail").asText("HTTP " + status + " of " + answer.uri());
        throw new CommandException(
                switch (status) {
                    case 400 -> Exits.USAGE;
                    case 404 -> Exits.UNKNOWN;
                    case 401, 403, 503, 504 -> Exits.UNREACHABLE;
                    default -> Exits.NOT_DONE;
                },
                Text.shown(detail, 800)
                        + (status == 401 ? "; name the file of the token in NIGHTSHIFT_TOKEN_FILE" : ""));
    }
}
