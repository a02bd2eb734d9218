package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nightshift.command.api.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How the jobs of a service ended. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Shows how the jobs of a service ended, the newest first.",
        footer = {
            "",
            "Examples:",
            "  nightshift history prowlarr",
            "  nightshift history prowlarr local --work check -n 5"
        })
final class HistoryCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Form form = new Form();

    @Parameters(
            index = "0",
            paramLabel = "[HOST/]SERVICE",
            converter = ServiceName.Converter.class,
            description = "Which one.")
    private ServiceName service = new ServiceName(Optional.empty(), "");

    @Parameters(index = "1", arity = "0..1", paramLabel = "DESTINATION", description = "Of one destination only.")
    private Optional<String> destination = Optional.empty();

    @Mixin
    private final WorkOption of = new WorkOption();

    @Option(
            names = "-n",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many of each (${DEFAULT-VALUE}).")
    private int limit;

    HistoryCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        var api = access.api(around);
        var runs = new ArrayList<JsonNode>();
        for (var target : Targets.of(api, service, destination)) {
            var page =
                    api.get(Targets.path(target) + "/history?work=" + of.work().word() + "&limit=" + limit);
            page.path("items").forEach(runs::add);
        }
        runs.sort((one, other) ->
                other.path("at").asText().compareTo(one.path("at").asText()));
        if (form.isJson()) {
            Form.write(around, JsonNodeFactory.instance.arrayNode().addAll(runs));
        } else {
            print(runs);
        }
        return Exits.DONE;
    }

    private void print(List<JsonNode> runs) {
        var table = new Table("ENDED", "JOB", "STATE", "TOOK", "SIZE", "ADDED", "SNAPSHOT", "");
        for (var run : runs) {
            var took = run.path("durationSeconds");
            table.add(
                    Amounts.time(run.path("at").asText(), around.zone()),
                    run.path("job").asText(),
                    run.path("state").asText(),
                    took.isNumber() ? Amounts.span(Duration.ofMillis((long) (took.asDouble() * 1000))) : "-",
                    bytes(run.path("bytes")),
                    bytes(run.path("bytesAdded")),
                    run.path("snapshot").asText("-").replaceFirst("^(.{8}).*", "$1"),
                    run.path("failure").path("message").asText(""));
        }
        table.print(around.out());
    }

    private static String bytes(JsonNode bytes) {
        return bytes.isNumber() ? Amounts.bytes(bytes.asLong()) : "-";
    }
}
