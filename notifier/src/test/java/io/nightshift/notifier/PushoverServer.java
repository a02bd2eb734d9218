package io.nightshift.notifier;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An HTTP server in the place of pushover.net, and the settings that lead to it. */
public class PushoverServer implements QuarkusTestResourceLifecycleManager {
    static final String PATH = "/1/messages.json";
    private static final String SUCCESS = "{\"status\":1,\"request\":\"647d2300-702c-4b38-8b2f-d56326ae460b\"}";

    private final WireMockServer http =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private Path secrets;

    @Override
    public Map<String, String> start() {
        http.start();
        reset();
        try {
            secrets = Files.createTempDirectory("secrets prüfung ");
            return Map.of(
                    "nightshift.notifier.pushover.base-url",
                    "http://127.0.0.1:" + http.port(),
                    "nightshift.notifier.pushover.token-file",
                    secret("token", "azGDORePK8gMaC0QOYAMyEEuzJnyUi\n"),
                    "nightshift.notifier.pushover.user-file",
                    secret("user", "uQiRzpo4DXghDmr9QzzfQu27cmVRsG\n"),
                    "nightshift.notifier.gather",
                    "PT1S",
                    "nightshift.notifier.retry-pauses",
                    "PT0.2S,PT0.5S");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String secret(String name, String value) throws IOException {
        var file = Files.writeString(secrets.resolve(name), value);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"))
                .toString();
    }

    /** Forgets all requests, and says yes to each. */
    void reset() {
        http.resetAll();
        http.stubFor(any(anyUrl()).willReturn(okJson(SUCCESS)));
    }

    WireMockServer http() {
        return http;
    }

    /** The fields of each message, in the order of their arrival. */
    List<Map<String, String>> messages() {
        return http.findAll(postRequestedFor(urlEqualTo(PATH))).stream()
                .map(PushoverServer::fields)
                .toList();
    }

    List<String> titles() {
        return messages().stream().map(fields -> fields.get("title")).toList();
    }

    private static Map<String, String> fields(LoggedRequest request) {
        return Arrays.stream(request.getBodyAsString().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(PushoverServer.class));
    }

    @Override
    public void stop() {
        http.stop();
        if (secrets == null) {
            return;
        }
        try (var files = Files.walk(secrets)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // a temporary directory is left behind, which harms nothing
        }
    }
}
