package io.nightshift.worker.restic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A line of restic's output. Not all of them are JSON, whatever {@code --json} says. */
final class Said {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Said() {}

    /** A missing node if it is no JSON object. */
    static JsonNode json(String line) {
        if (!line.startsWith("{")) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    static String type(JsonNode line) {
        return line.path("message_type").asText("");
    }
}
