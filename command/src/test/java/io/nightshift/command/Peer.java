package io.nightshift.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * A real HTTP server with recorded answers, and a command that is run against it. Of the API, it may ask for nothing that the
 * OpenAPI document does not have.
 */
public final class Peer implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-04-17T09:00:00Z");

    private final HttpServer server;
    private static final ApiDocument DOCUMENT = new ApiDocument();

    private final List<String> undescribed = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private Optional<String> typed = Optional.empty();

    public record Ended(int code, String out, String err) {}

    public Peer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
        environment.put("NIGHTSHIFT_URL", url());
        environment.put("PATH", System.getenv("PATH"));
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param bodies one after the other; the last stays. A body that begins with a number is a status and a problem's detail */
    public Peer answers(String methodAndPath, String... bodies) {
        answers.put(methodAndPath, new ArrayDeque<>(List.of(bodies)));
        return this;
    }

    public Peer with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Peer typing(String answer) {
        typed = Optional.of(answer);
        return this;
    }

    /** With bodies, and the token where one was shown. */
    List<String> requests() {
        return requests;
    }

    public Ended run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Main.run(around(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)), arguments);
        return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
    }

    Surroundings around(PrintStream out, PrintStream err) {
        return new Surroundings(
                environment, InstantSource.fixed(NOW), ZoneOffset.UTC, out, err, false, question -> typed);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var token = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body
                + token.map(value -> " by " + value).orElse(""));
        var key = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (exchange.getRequestURI().getPath().startsWith("/api/")
                && !DOCUMENT.has(
                        exchange.getRequestMethod(), exchange.getRequestURI().getPath())) {
            undescribed.add(key);
        }
        var left = answers.get(key);
        var text = left == null ? "404 nothing is recorded for " + key : left.size() > 1 ? left.pop() : left.peek();
        int status = text.matches("\\d{3} .*") ? Integer.parseInt(text.substring(0, 3)) : 200;
        var bytes = (status == 200 ? text : "{\"status\":" + status + ",\"detail\":\"" + text.substring(4) + "\"}")
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        if (!undescribed.isEmpty()) {
            throw new AssertionError("not in the OpenAPI document: " + undescribed);
        }
    }
}
