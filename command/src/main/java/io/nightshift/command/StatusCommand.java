package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nightshift.command.api.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Is everything safe? */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows one line for each service and destination, the worst first.",
        footer = {
            "",
            "Exit code 0: all is safe; 1: it is not, or nobody knows yet; 3: the scheduler does not answer.",
            "",
            "Examples:",
            "  nightshift status",
            "  nightshift status --quiet || echo 'look at the backups'"
        })
final class StatusCommand implements Callable<Integer> {
    /** As many as a person looks through; a large fleet has tens of thousands. */
    private static final int SHOWN = 200;

    private final Surroundings around;

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Form form = new Form();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing; the exit code says it.")
    private boolean quiet;

    @Option(
            names = "--all",
            description = "Show every line, not the worst " + SHOWN + " alone. JSON has all of them anyway.")
    private boolean all;

    StatusCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        var api = access.api(around);
        var verdict = api.get("/api/verdict");
        if (!quiet) {
            var alerts = api.get("/api/alerts");
            if (form.isJson()) {
                write(verdict, api.all("/api/targets"), alerts);
            } else if (all) {
                show(verdict, api.all("/api/targets"), 0, alerts);
            } else {
                var worst = api.get("/api/targets?limit=" + SHOWN);
                var items = worst.path("items");
                show(verdict, items, worst.path("total").asInt() - items.size(), alerts);
            }
        }
        return verdict.path("safe").asBoolean() ? Exits.DONE : Exits.NOT_DONE;
    }

    private void write(JsonNode verdict, List<JsonNode> targets, JsonNode alerts) {
        var whole = JsonNodeFactory.instance.objectNode();
        whole.set("verdict", verdict);
        whole.set("alerts", alerts);
        whole.putArray("targets").addAll(targets);
        Form.write(around, whole);
    }

    /** @param left how many targets are not among them, of which none is worse */
    private void show(JsonNode verdict, Iterable<JsonNode> targets, int left, JsonNode alerts) {
        var table = new Table("STATE", "BACKUP", "LAST GOOD", "SIZE", "RESTORE TESTED", "");
        targets.forEach(target -> table.add(
                target.path("health").asText().toUpperCase(Locale.ROOT),
                target.path("target").asText(),
                age(target.path("goodAgeSeconds")),
                size(target.path("good").path("bytes")),
                tested(target.path("upkeep").path("restore-test"), verdict.path("asOf")),
                note(target)));
        table.print(around.out());
        if (left > 0) {
            around.out().println(left + " more, none of them worse; --all shows them");
        }
        alerts.forEach(alert ->
                around.out().println("warning: " + alert.path("message").asText() + advice(alert.path("advice"))));
        around.out()
                .println(verdict.path("headline").asText() + ". Next night: "
                        + verdict.path("nextNight").path("local").asText());
    }

    private static String age(JsonNode seconds) {
        return seconds.isNumber() ? ago(Duration.ofSeconds(seconds.asLong())) : "never";
    }

    private static String ago(Duration age) {
        return Amounts.span(age) + " ago";
    }

    /** @param now by the scheduler's clock, as the time of the test is */
    private static String tested(JsonNode test, JsonNode now) {
        if (!test.isObject()) {
            return "not yet";
        }
        if (!test.path("state").asText().equals("succeeded")) {
            return test.path("state").asText();
        }
        long tooLarge = test.path("tooLarge").path("files").asLong();
        return ago(Duration.between(Instant.parse(test.path("at").asText()), Instant.parse(now.asText())))
                + (tooLarge > 0 ? ", but " + tooLarge + " large file" + (tooLarge > 1 ? "s" : "") : "");
    }

    private static String size(JsonNode bytes) {
        return bytes.isNumber() ? Amounts.bytes(bytes.asLong()) : "-";
    }

    private static String advice(JsonNode advice) {
        return advice.asText("").isEmpty() ? "" : "; " + advice.asText();
    }

    /** What it does now; else why its last backup was not good. */
    private static String note(JsonNode target) {
        var doing = target.path("doing").path(0);
        if (doing.path("state").asText().equals("running")) {
            var percent = doing.path("progress").path("percent");
            return doing.path("work").asText() + " running"
                    + (percent.isNumber() ? String.format(Locale.ROOT, ", %.0f %%", percent.asDouble()) : "");
        }
        var failure = target.path("trouble").path("failure");
        return failure.path("message").asText("") + advice(failure.path("advice"));
    }
}
