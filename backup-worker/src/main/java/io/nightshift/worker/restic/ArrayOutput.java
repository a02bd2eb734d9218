package io.nightshift.worker.restic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.nightshift.contract.event.Cause;
import io.nightshift.worker.JobFailedException;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads the one array that a call of restic says, all on one line: element by element, since it may be long. */
final class ArrayOutput implements Consumer<String> {
    /** In bytes; a snapshot takes about 900. What is longer is cut, and no answer then. */
    static final int LONGEST_LINE = 256 << 20;

    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

    private final Consumer<JsonNode> elements;
    private String problem = "there is none";

    ArrayOutput(Consumer<JsonNode> elements) {
        this.elements = elements;
    }

    @Override
    public void accept(String line) {
        if (!line.startsWith("[")) {
            return;
        }
        try (var array = JSON.<JsonNode>readValues(line)) {
            while (array.hasNextValue()) {
                elements.accept(array.nextValue());
            }
            problem = "";
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }

    /**
     * To be asked after a call that ended well: what is not there would be taken for a repository without snapshots.
     *
     * @throws JobFailedException if the array was not said, or not to its end
     */
    void requireWhole(String what) {
        if (!problem.isEmpty()) {
            throw new JobFailedException(
                    Cause.OTHER,
                    what + " did not say a whole list: " + problem,
                    "see whether this version of restic is supported; it is tried again");
        }
    }
}
