package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightshift.command.api.Api;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is in a folder of a snapshot. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        description = "Shows what is in a folder of a snapshot, by the paths of the host.",
        footer = {
            "",
            "Without --from, the destination with the youngest good backup; with --direct, one in a folder first.",
            "",
            "Examples:",
            "  nightshift ls prowlarr",
            "  nightshift ls prowlarr /persist/containers/prowlarr --snapshot 4f2a9c0d --from local"
        })
final class LsCommand implements Callable<Integer> {
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

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = "/",
            description = "A folder (${DEFAULT-VALUE}).")
    private String path = "/";

    @Option(names = "--from", paramLabel = "DESTINATION", description = "Where the snapshot is.")
    private Optional<String> destination = Optional.empty();

    @Option(
            names = "--snapshot",
            paramLabel = "ID",
            defaultValue = "latest",
            description = "As 'nightshift snapshots' shows it (${DEFAULT-VALUE}).")
    private String snapshot = "latest";

    LsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        var found = source.isDirect() ? direct() : asked();
        if (form.isJson()) {
            Form.write(around, JsonNodeFactory.instance.arrayNode().addAll(found));
        } else {
            print(found);
        }
        return Exits.DONE;
    }

    private List<JsonNode> asked() {
        var api = source.api(around);
        var target = Targets.of(api, service, destination).stream()
                .max(Comparator.comparing(each -> each.path("good").path("at").asText("")))
                .orElseThrow();
        return api.all(Targets.path(target) + "/snapshots/" + Api.encode(snapshot) + "/files?path=" + Api.encode(path));
    }

    private List<JsonNode> direct() throws InterruptedException {
        var repositories = source.repositories(around);
        var backup = repositories
                .backups(service.host(), service.service(), destination)
                .get(0);
        var found = new ArrayList<JsonNode>();
        var nodes = repositories.open(backup).list(snapshot, path);
        if (nodes.isEmpty()) {
            throw CommandException.unknown(path + " is not in snapshot " + snapshot + " of " + backup.target());
        }
        for (var node : nodes) {
            var isItself = node.path("path").asText().equals(path)
                    && node.path("type").asText().equals("dir");
            if (!isItself) {
                found.add(ofRestic(node));
            }
        }
        return found;
    }

    /** In the same words as the API's. */
    private static ObjectNode ofRestic(JsonNode node) {
        var type = node.path("type").asText();
        return JsonNodeFactory.instance
                .objectNode()
                .put("path", node.path("path").asText())
                .put("kind", type.equals("dir") ? "folder" : type.equals("symlink") ? "link" : type)
                .put("bytes", node.path("size").asLong())
                .put(
                        "modifiedAt",
                        OffsetDateTime.parse(node.path("mtime").asText())
                                .toInstant()
                                .toString());
    }

    private void print(List<JsonNode> files) {
        var table = new Table("KIND", "SIZE", "MODIFIED", "PATH");
        files.forEach(file -> table.add(
                file.path("kind").asText(),
                Amounts.bytes(file.path("bytes").asLong()),
                Amounts.time(file.path("modifiedAt").asText(""), around.zone()),
                file.path("path").asText()));
        table.print(around.out());
    }
}
