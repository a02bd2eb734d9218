package io.nightshift.notifier.pushover;

import io.nightshift.notifier.Channel;
import io.nightshift.notifier.Note;
import io.nightshift.notifier.NotifierConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Sends by {@code POST <base-url>/1/messages.json}. The secrets are in the body only, so no log of URLs has them. */
public final class PushoverChannel implements Channel {
    private final NotifierConfig config;
    private final InstantSource clock;
    private final Secret token;
    private final Secret user;
    private final URI endpoint;
    private final HttpClient http;

    /** @throws IllegalArgumentException if a setting is missing or out of range, or a file open to others, which it names */
    public PushoverChannel(NotifierConfig config, InstantSource clock) {
        var settings = config.pushover();
        this.config = config;
        this.clock = clock;
        this.token = Secret.of("token", settings.token(), settings.tokenFile(), config.allowReadableSecrets());
        this.user = Secret.of("user", settings.user(), settings.userFile(), config.allowReadableSecrets());
        this.endpoint = endpoint(settings.baseUrl());
        requireEmergency(settings);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
    }

    /** Whether any of the settings that it needs is there. */
    public static boolean configured(NotifierConfig.Pushover settings) {
        return settings.token().isPresent()
                || settings.tokenFile().isPresent()
                || settings.user().isPresent()
                || settings.userFile().isPresent();
    }

    private static URI endpoint(URI base) {
        var text = base.toString().replaceAll("/+$", "");
        if (!text.startsWith("https://") && !text.startsWith("http://")) {
            throw new IllegalArgumentException("nightshift.notifier.pushover.base-url is no http or https URL");
        }
        return URI.create(text + "/1/messages.json");
    }

    private static void requireEmergency(NotifierConfig.Pushover settings) {
        if (settings.emergencyRetry().compareTo(Duration.ofSeconds(30)) < 0
                || settings.emergencyExpire().compareTo(Duration.ofHours(3)) > 0) {
            throw new IllegalArgumentException("nightshift.notifier.pushover: emergency-retry is at least PT30S,"
                    + " emergency-expire at most PT3H");
        }
    }

    @Override
    public String name() {
        return "pushover";
    }

    @Override
    public Outcome send(Note note) {
        try {
            var answer = http.send(request(note), BodyHandlers.ofString());
            return PushoverAnswer.outcome(answer.statusCode(), answer.headers(), answer.body(), clock.instant());
        } catch (IOException e) {
            return new Outcome.RetryLater(e.getClass().getSimpleName() + ": " + e.getMessage(), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.RetryLater("the service is stopping", Optional.empty());
        }
    }

    private HttpRequest request(Note note) throws IOException {
        var fields = PushoverForm.fields(note, config, token.read(), user.read());
        return HttpRequest.newBuilder(endpoint)
                .timeout(config.pushover().timeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(PushoverForm.encode(fields)))
                .build();
    }
}
