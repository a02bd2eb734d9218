package io.nightshift.it.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightshift.it.fault.judge.Entry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands for Pushover: keeps what it was sent, and can be out of order for a while. */
final class PhoneServer implements AutoCloseable {
    private static final byte[] TAKEN = "{\"status\":1,\"request\":\"r\"}".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final List<Entry.Phone> messages = new CopyOnWriteArrayList<>();
    private volatile boolean outOfOrder;
    private volatile Runnable beforeAnswer = () -> {};

    PhoneServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "phone");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/1/messages.json", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void outOfOrder(boolean is) {
        outOfOrder = is;
    }

    /** Runs once, after the next message was taken and before the sender hears of it. */
    void beforeNextAnswer(Runnable action) {
        beforeAnswer = action;
    }

    List<Entry.Phone> messages() {
        return List.copyOf(messages);
    }

    private void take(HttpExchange exchange) throws IOException {
        var form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (outOfOrder) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        messages.add(new Entry.Phone(Instant.now(), form.getOrDefault("title", ""), form.getOrDefault("message", "")));
        var action = beforeAnswer;
        beforeAnswer = () -> {};
        action.run();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, TAKEN.length);
        try (var body = exchange.getResponseBody()) {
            body.write(TAKEN);
        }
    }

    private static Map<String, String> form(String body) {
        var fields = new HashMap<String, String>();
        for (var field : body.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
