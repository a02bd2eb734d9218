package io.nightshift.notifier.pushover;

import io.nightshift.notifier.Note;
import io.nightshift.notifier.NotifierConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The fields of a message.
 *
 * <p>Source: pushover.net/api, "Pushing messages" and "Limitations": title 250 and message 1,024 characters, URL 512 and its
 * title 100; priority 2 needs {@code retry} (at least 30 s) and {@code expire} (at most 10,800 s).
 */
final class PushoverForm {
    static final int MAX_TITLE = 250;
    static final int MAX_MESSAGE = 1024;
    static final int MAX_URL = 512;
    private static final int EMERGENCY = 2;

    private PushoverForm() {}

    static Map<String, String> fields(Note note, NotifierConfig config, String token, String user) {
        var settings = config.pushover();
        var fields = new TreeMap<String, String>();
        fields.put("token", token);
        fields.put("user", user);
        fields.put("title", cut(note.title(), MAX_TITLE));
        fields.put("message", cut(note.body(), MAX_MESSAGE));
        fields.put("timestamp", Long.toString(note.at().getEpochSecond()));
        putPriority(fields, priority(note, settings.priority()), settings);
        config.publicUrl()
                .map(Object::toString)
                .filter(url -> url.length() <= MAX_URL)
                .ifPresent(url -> {
                    fields.put("url", url);
                    fields.put("url_title", "Open Nightshift");
                });
        settings.device().ifPresent(device -> fields.put("device", device));
        settings.sound().ifPresent(sound -> fields.put("sound", sound));
        return fields;
    }

    private static void putPriority(Map<String, String> fields, int priority, NotifierConfig.Pushover settings) {
        fields.put("priority", Integer.toString(priority));
        if (priority == EMERGENCY) {
            fields.put("retry", Long.toString(settings.emergencyRetry().toSeconds()));
            fields.put("expire", Long.toString(settings.emergencyExpire().toSeconds()));
        }
    }

    private static int priority(Note note, NotifierConfig.Priorities priorities) {
        return switch (note.severity()) {
            case FAILURE -> priorities.failure();
            case WARNING -> priorities.warning();
            case RECOVERY -> priorities.recovery();
        };
    }

    /** Counts characters as Pushover does, by code points, so that none is ever cut in two. */
    static String cut(String text, int max) {
        return text.codePointCount(0, text.length()) <= max
                ? text
                : text.substring(0, text.offsetByCodePoints(0, max - 1)) + "…";
    }

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
