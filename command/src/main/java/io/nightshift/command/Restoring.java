package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nightshift.command.api.Api;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Follows restores to their ends, and cancels them when this process is told to end. */
final class Restoring {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");

    private final Api api;
    private final Surroundings around;

    /** By their paths in the API, as they are. */
    private final Map<String, JsonNode> restores = new ConcurrentHashMap<>();

    Restoring(Api api, Surroundings around, JsonNode asked) {
        this.api = api;
        this.around = around;
        asked.forEach(restore -> restores.put(
                "/api/restores/" + restore.path("target").asText() + "/"
                        + restore.path("id").asText(),
                restore));
    }

    /** @return the exit code */
    int untilAllEnded(boolean json) throws InterruptedException {
        var hook = new Thread(this::cancel);
        Runtime.getRuntime().addShutdownHook(hook);
        var progress = new ProgressLine(around);
        while (restores.values().stream().anyMatch(restore -> !hasEnded(restore))) {
            restores.replaceAll((path, restore) -> hasEnded(restore) ? restore : look(path, progress));
            Thread.sleep(PAUSE.toMillis());
        }
        progress.end();
        Runtime.getRuntime().removeShutdownHook(hook);
        if (json) {
            Form.write(around, JsonNodeFactory.instance.arrayNode().addAll(restores.values()));
        } else {
            restores.values().forEach(this::tell);
        }
        return restores.values().stream().allMatch(Restoring::isGood) ? Exits.DONE : Exits.NOT_DONE;
    }

    /** What came back stays, and the worker starts the service again. */
    void cancel() {
        restores.forEach((path, restore) -> {
            if (!hasEnded(restore)) {
                api.post(path + "/cancel", Optional.empty());
                around.say("nightshift: cancelled " + restore.path("target").asText() + "; what came back stays");
            }
        });
    }

    private JsonNode look(String path, ProgressLine progress) {
        var restore = api.get(path);
        var step = restore.path("step").asText("");
        var moved = restore.path("progress");
        progress.tell(
                restore.path("target").asText(),
                restore.path("state").asText() + (step.isEmpty() ? "" : ": " + step),
                moved.isObject() && step.equals("restoring") ? Bar.of(moved) : "");
        return restore;
    }

    private static boolean hasEnded(JsonNode restore) {
        return ENDS.contains(restore.path("state").asText());
    }

    private static boolean isGood(JsonNode restore) {
        return restore.path("state").asText().equals("succeeded");
    }

    /** Where it is, which nobody can know otherwise; of a dry run, the plan; of a failure, what to do. */
    private void tell(JsonNode restore) {
        var target = restore.path("target").asText();
        if (!isGood(restore)) {
            var failure = restore.path("failure");
            around.say("nightshift: " + target + " " + restore.path("state").asText() + ": "
                    + failure.path("message").asText("what came back stays")
                    + failure.path("advice").asText("").replaceFirst("^(?=.)", "; "));
            return;
        }
        var result = restore.path("result");
        long files = result.path(result.path("dryRun").asBoolean() ? "filesExpected" : "filesRestored")
                .asLong();
        around.out()
                .println(target + ": " + (result.path("dryRun").asBoolean() ? "would restore " : "restored ")
                        + files + " files of snapshot "
                        + result.path("snapshot").asText().replaceFirst("^(.{8}).*", "$1") + " of "
                        + Amounts.time(result.path("snapshotTime").asText(""), around.zone()) + " to "
                        + result.path("folder").asText("where they were"));
        result.path("did").forEach(step -> around.out().println("  " + step.asText()));
    }
}
