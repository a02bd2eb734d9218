package io.nightshift.it;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An HTTP peer that takes every message as Pushover does. */
public final class PushoverServer implements AutoCloseable {
    private static final String PATH = "/1/messages.json";

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    private PushoverServer() {}

    public static PushoverServer start() {
        var pushover = new PushoverServer();
        pushover.server.start();
        pushover.server.stubFor(post(PATH).willReturn(okJson("{\"status\":1,\"request\":\"r\"}")));
        return pushover;
    }

    /** For a notifier that sends here, each message at once. */
    Map<String, String> settings() {
        return Map.of(
                "NIGHTSHIFT_NOTIFIER_PUSHOVER_BASE_URL", server.baseUrl(),
                "NIGHTSHIFT_NOTIFIER_PUSHOVER_TOKEN", "app-token",
                "NIGHTSHIFT_NOTIFIER_PUSHOVER_USER", "user-key",
                "NIGHTSHIFT_NOTIFIER_GATHER", "PT0S");
    }

    public String url() {
        return server.baseUrl();
    }

    /** The forms that were sent, as text. */
    public List<String> messages() {
        return server.findAll(postRequestedFor(urlEqualTo(PATH))).stream()
                .map(request -> URLDecoder.decode(request.getBodyAsString(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}
