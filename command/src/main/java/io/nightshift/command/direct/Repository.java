package io.nightshift.command.direct;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.command.CommandException;
import io.nightshift.command.Exits;
import io.nightshift.command.api.Api;
import io.nightshift.contract.Target;
import io.nightshift.contract.Text;
import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.ProgramException;
import io.nightshift.process.ProgramRunner;
import io.nightshift.process.SystemProgramRunner;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The repository of one service at one destination, by restic. Reads without a lock of its own, so that a repository that
 * cannot be written to any more can be read.
 *
 * @param restic with its environment, and without arguments
 */
public record Repository(Target target, Command restic) {
    private static final Duration LIMIT = Duration.ofDays(2);
    /** In bytes: all snapshots come on one line, each with about 900. */
    private static final int LONGEST_LINE = 256 << 20;

    /** Of two with the same time, thus of the same ZFS snapshot, the one that was made last is newer. */
    private static final Comparator<JsonNode> BY_AGE =
            Comparator.comparing(Repository::time).thenComparing(Repository::ended);

    private static final ProgramRunner RUNNER = new SystemProgramRunner();

    /** Those of the service's host, newest first, as restic tells them. */
    public List<JsonNode> snapshots() throws InterruptedException {
        var said = new StringBuilder();
        run(List.of("snapshots", "--json", "--no-lock", "--host", target.host()), said::append);
        var array = Api.parse(said.toString());
        if (!array.isArray()) {
            throw CommandException.failed(target + ": restic did not say a whole list of its snapshots");
        }
        var found = new ArrayList<JsonNode>();
        array.forEach(found::add);
        found.sort(BY_AGE.reversed());
        return found;
    }

    private static Instant time(JsonNode snapshot) {
        return OffsetDateTime.parse(snapshot.path("time").asText()).toInstant();
    }

    /** Where restic kept it. */
    private static Instant ended(JsonNode snapshot) {
        var end = snapshot.path("summary").path("backup_end").asText("");
        return end.isEmpty() ? Instant.MIN : OffsetDateTime.parse(end).toInstant();
    }

    /** A folder and what is directly in it; the folder itself comes first. */
    public List<JsonNode> list(String snapshot, String path) throws InterruptedException {
        var found = new ArrayList<JsonNode>();
        run(List.of("ls", "--json", "--no-lock", snapshot, path), line -> {
            var json = Api.parse(line);
            if (json.path("struct_type")
                    .asText(json.path("message_type").asText())
                    .equals("node")) {
                found.add(json);
            }
        });
        return found;
    }

    /** @param lines of restic's standard output */
    public void run(List<String> arguments, Consumer<String> lines) throws InterruptedException {
        try {
            var exit = RUNNER.run(
                    restic.withArguments(arguments).withTimeout(LIMIT).withLongestLine(LONGEST_LINE), lines);
            if (!exit.succeeded()) {
                throw failed(exit);
            }
        } catch (ProgramException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Source of the codes: restic manual, "Scripting / Exit codes", 0.17.1 and later. */
    private CommandException failed(Exit exit) {
        var words = lastWords(exit.stderrTail());
        return switch (exit.code()) {
            case 10 ->
                new CommandException(
                        Exits.UNKNOWN,
                        target + " has no repository: " + words + "; see whether the destination is mounted, or"
                                + " nothing was backed up there yet");
            case 12 ->
                CommandException.failed(target + ": wrong password; password-file in the fleet file must hold the one"
                        + " that the repository was made with");
            default -> CommandException.failed(target + ": restic: " + words + " (exit code " + exit.code() + ")");
        };
    }

    /** Of the last line, which is JSON since 0.18; restic's URLs may hold credentials. */
    private static String lastWords(String stderr) {
        var lines = stderr.strip().lines().toList();
        var last = lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
        var shown = last.startsWith("{") ? Api.parse(last).path("message").asText(last) : last;
        return Text.shown(shown.replaceAll("//[^/@\\s]*@", "//").strip(), 400);
    }
}
