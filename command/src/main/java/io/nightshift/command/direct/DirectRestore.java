package io.nightshift.command.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightshift.command.CommandException;
import io.nightshift.command.api.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A restore by restic on this machine, into a folder that is new or empty. What is wrong with the snapshot, the paths or the
 * folder is said before anything is written.
 */
public record DirectRestore(
        Optional<Instant> at, Optional<String> snapshot, List<String> paths, Path folder, boolean dryRun) {

    /** @param progress in the words of the bus */
    public ObjectNode run(Repository repository, Consumer<JsonNode> progress) throws InterruptedException {
        requireEmpty();
        var chosen = choose(repository);
        for (var path : paths) {
            requireThere(repository, chosen, path);
        }
        var result = JsonNodeFactory.instance.objectNode();
        repository.run(arguments(chosen), line -> read(Api.parse(line), progress, result));
        result.put("snapshot", chosen).put("folder", folder.toAbsolutePath().toString());
        if (result.path("filesRestored").asLong() == 0) {
            throw CommandException.failed("nothing came back from snapshot " + chosen + " of " + repository.target());
        }
        return result;
    }

    private void requireEmpty() {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw CommandException.usage(folder + " is no folder; nothing was touched");
        }
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw CommandException.usage(folder + " is not empty, nothing was touched; name a new folder");
            }
        } catch (IOException e) {
            throw CommandException.usage(folder + " cannot be read: " + e);
        }
    }

    private String choose(Repository repository) throws InterruptedException {
        return repository.snapshots().stream()
                .filter(each -> snapshot.filter(id -> !id.equals("latest"))
                        .map(id -> each.path("id").asText().startsWith(id))
                        .orElse(true))
                .filter(each -> at.map(
                                limit -> !OffsetDateTime.parse(each.path("time").asText())
                                        .toInstant()
                                        .isAfter(limit))
                        .orElse(true))
                .findFirst()
                .map(each -> each.path("id").asText())
                .orElseThrow(() -> CommandException.unknown(repository.target() + " has no such snapshot, nothing was"
                        + " touched; 'nightshift snapshots --direct' lists those it has"));
    }

    private static void requireThere(Repository repository, String snapshot, String path) throws InterruptedException {
        boolean there = repository.list(snapshot, path).stream()
                .anyMatch(node -> node.path("path").asText().equals(path));
        if (!there) {
            throw CommandException.unknown(path + " is not in snapshot " + snapshot.substring(0, 8) + " of "
                    + repository.target() + ", nothing was touched; 'nightshift ls --direct' shows what is");
        }
    }

    private List<String> arguments(String chosen) {
        var arguments =
                new ArrayList<>(List.of("restore", "--json", "--no-lock", "--sparse", "--target", folder.toString()));
        paths.forEach(path -> arguments.add("--include=" + path.replaceAll("([\\\\*?\\[\\]])", "\\\\$1")));
        arguments.add(dryRun ? "--dry-run" : "--verify");
        arguments.add(chosen);
        return arguments;
    }

    /** The keys are those of restic 0.18.0. */
    private static void read(JsonNode line, Consumer<JsonNode> progress, ObjectNode result) {
        switch (line.path("message_type").asText()) {
            case "status" -> progress.accept(counts(line));
            case "summary" ->
                result.put("filesRestored", line.path("files_restored").asLong())
                        .put("bytesRestored", line.path("bytes_restored").asLong());
            default -> {
                // plain words of restic, which is asked for JSON
            }
        }
    }

    private static ObjectNode counts(JsonNode line) {
        long seconds = Math.max(1, line.path("seconds_elapsed").asLong());
        return JsonNodeFactory.instance
                .objectNode()
                .put("percent", line.path("percent_done").asDouble() * 100)
                .put("bytesDone", line.path("bytes_restored").asLong())
                .put("bytesTotal", line.path("total_bytes").asLong())
                .put("bytesPerSecond", line.path("bytes_restored").asLong() / seconds);
    }
}
