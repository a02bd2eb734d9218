package io.nightshift.worker.restic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nightshift.contract.event.RunResult;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Reads {@code forget --json}, one array and then plain text of prune, and {@code check --json} (restic 0.18). */
final class UpkeepOutput implements Consumer<String> {
    private static final Logger LOG = Logger.getLogger(UpkeepOutput.class);
    private static final JsonFactory JSON = new JsonFactory();

    private long kept;
    private long removed;
    private JsonNode check = MissingNode.getInstance();

    @Override
    public void accept(String line) {
        if (line.startsWith("[{")) {
            count(line);
        } else if (Said.type(Said.json(line)).equals("summary")) {
            check = Said.json(line);
        }
    }

    RunResult.Forget forget(Duration took) {
        return new RunResult.Forget(kept, removed, seconds(took));
    }

    /** Before 0.18 there is no summary: exit 0 alone says that there are no errors. */
    RunResult.Check check(Duration took) {
        return new RunResult.Check(
                check.path("num_errors").asLong(),
                check.path("broken_packs").size(),
                check.path("suggest_repair_index").asBoolean(),
                check.path("suggest_prune").asBoolean(),
                seconds(took));
    }

    private static double seconds(Duration took) {
        return took.toMillis() / 1000.0;
    }

    /** As a stream, for the line of a long history may be cut, and only its first half is needed. */
    private void count(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_ARRAY) {
                    countArray(parser, parser.currentName());
                }
            }
        } catch (IOException e) {
            LOG.warnf("the numbers of forget are not complete: %s", e.getMessage());
        }
    }

    private void countArray(JsonParser parser, @org.jspecify.annotations.Nullable String name) throws IOException {
        if (name == null) {
            return; // the groups themselves
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                return;
            }
            kept += name.equals("keep") ? 1 : 0;
            removed += name.equals("remove") ? 1 : 0;
            parser.skipChildren();
        }
    }
}
