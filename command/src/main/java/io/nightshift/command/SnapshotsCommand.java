package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What can be restored of a service. */
@Command(
        name = "snapshots",
        mixinStandardHelpOptions = true,
        description = "Shows the snapshots of a service, the newest first.",
        footer = {
            "",
            "Examples:",
            "  nightshift snapshots prowlarr",
            "  nightshift snapshots prowlarr local --direct --fleet backups.yaml"
        })
final class SnapshotsCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final Source source = new Source();

    @Mixin
    private final Form form = new Form();

    @Parameters(
            index = "0",
            paramLabel = "[HOST/]SERVICE",
            converter = ServiceName.Converter.class,
            description = "Which one.")
    private ServiceName service = new ServiceName(Optional.empty(), "");

    @Parameters(index = "1", arity = "0..1", paramLabel = "DESTINATION", description = "At one destination only.")
    private Optional<String> destination = Optional.empty();

    SnapshotsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        var found = source.isDirect() ? direct() : asked();
        found.sort((one, other) ->
                other.path("time").asText().compareTo(one.path("time").asText()));
        if (form.isJson()) {
            Form.write(around, JsonNodeFactory.instance.arrayNode().addAll(found));
        } else {
            print(found);
        }
        return Exits.DONE;
    }

    private List<ObjectNode> asked() {
        var api = source.api(around);
        var found = new ArrayList<ObjectNode>();
        for (var target : Targets.of(api, service, destination)) {
            var where = target.path("destination").asText();
            api.all(Targets.path(target) + "/snapshots")
                    .forEach(each -> found.add(((ObjectNode) each).put("destination", where)));
        }
        return found;
    }

    /** In the same words as the API's. */
    private List<ObjectNode> direct() throws InterruptedException {
        var repositories = source.repositories(around);
        var found = new ArrayList<ObjectNode>();
        for (var backup : repositories.backups(service.host(), service.service(), destination)) {
            for (var each : repositories.open(backup).snapshots()) {
                found.add(ofRestic(each).put("destination", backup.target().destination()));
            }
        }
        return found;
    }

    static ObjectNode ofRestic(JsonNode snapshot) {
        var told = JsonNodeFactory.instance.objectNode();
        told.put("id", snapshot.path("id").asText());
        told.put(
                "time",
                OffsetDateTime.parse(snapshot.path("time").asText()).toInstant().toString());
        told.set("paths", snapshot.path("paths"));
        told.set("tags", snapshot.path("tags"));
        var summary = snapshot.path("summary");
        if (summary.isObject()) {
            told.put("files", summary.path("total_files_processed").asLong());
            told.put("bytes", summary.path("total_bytes_processed").asLong());
            told.put("bytesAdded", summary.path("data_added").asLong());
        }
        return told;
    }

    private void print(List<ObjectNode> snapshots) {
        var table = new Table("SNAPSHOT", "TIME", "DESTINATION", "FILES", "SIZE", "ADDED");
        snapshots.forEach(each -> table.add(
                each.path("id").asText().replaceFirst("^(.{8}).*", "$1"),
                Amounts.time(each.path("time").asText(), around.zone()),
                each.path("destination").asText(),
                each.path("files").asText("-"),
                bytes(each.path("bytes")),
                bytes(each.path("bytesAdded"))));
        table.print(around.out());
    }

    private static String bytes(JsonNode bytes) {
        return bytes.isNumber() ? Amounts.bytes(bytes.asLong()) : "-";
    }
}
