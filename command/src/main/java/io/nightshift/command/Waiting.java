package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nightshift.command.api.Api;
import io.nightshift.contract.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits for the ends of jobs that are asked for in between. A job that is tried again has not ended. */
final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Api api;
    private final Surroundings around;
    private final Work work;

    /** By target, its newest end before it was asked for. */
    private final Map<String, String> before = new LinkedHashMap<>();

    private final List<JsonNode> ends = new ArrayList<>();

    private Waiting(Api api, Surroundings around, Work work) {
        this.api = api;
        this.around = around;
        this.work = work;
    }

    static Waiting from(Api api, Surroundings around, Work work, List<JsonNode> targets) {
        var waiting = new Waiting(api, around, work);
        targets.forEach(target -> {
            var path = Targets.path(target);
            waiting.before.put(path, waiting.newestEnd(path).map(Waiting::name).orElse(""));
        });
        return waiting;
    }

    static Waiting forNobody(Api api, Surroundings around, Work work) {
        return new Waiting(api, around, work);
    }

    /** @return the exit code */
    int untilAllEnded(boolean json) throws InterruptedException {
        var progress = new ProgressLine(around);
        while (!before.isEmpty()) {
            before.entrySet().removeIf(each -> hasEnded(each.getKey(), each.getValue(), progress));
            if (!before.isEmpty()) {
                Thread.sleep(PAUSE.toMillis());
            }
        }
        progress.end();
        var bad = ends.stream().filter(end -> !isGood(end)).toList();
        if (json) {
            Form.write(around, JsonNodeFactory.instance.arrayNode().addAll(ends));
        } else {
            bad.forEach(end -> around.say(sentence(end)));
        }
        return bad.isEmpty() ? Exits.DONE : Exits.NOT_DONE;
    }

    private boolean hasEnded(String path, String old, ProgressLine progress) {
        for (var doing : api.get(path).path("doing")) {
            if (doing.path("work").asText().equals(work.word())) {
                progress.tell(doing.path("job").asText(), state(doing), bar(doing.path("progress")));
                return false;
            }
        }
        var end = newestEnd(path).filter(found -> !name(found).equals(old));
        end.ifPresent(found -> {
            progress.end();
            progress.tell(found.path("job").asText(), found.path("state").asText(), "");
            ends.add(found);
        });
        return end.isPresent();
    }

    private Optional<JsonNode> newestEnd(String path) {
        return Optional.of(api.get(path + "/history?limit=1&work=" + work.word())
                        .path("items")
                        .path(0))
                .filter(JsonNode::isObject);
    }

    private static String name(JsonNode end) {
        return end.path("job").asText() + "@" + end.path("at").asText();
    }

    private static String state(JsonNode doing) {
        var failure = doing.path("lastFailure").path("message");
        return doing.path("state").asText() + (failure.isTextual() ? ", to be tried again: " + failure.asText() : "");
    }

    private static String bar(JsonNode progress) {
        return progress.isObject() ? Bar.of(progress) : "";
    }

    private static boolean isGood(JsonNode end) {
        return end.path("state").asText().equals("succeeded");
    }

    private static String sentence(JsonNode end) {
        var failure = end.path("failure");
        return "nightshift: " + end.path("job").asText() + " "
                + end.path("state").asText() + ": "
                + failure.path("message").asText("no reason was given") + "; "
                + failure.path("advice").asText("see nightshift history");
    }
}
