package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.command.api.Api;
import picocli.CommandLine.Option;

/** How a result is written. */
final class Form {
    @Option(names = "--json", description = "Write the result as JSON.")
    private boolean json;

    Form() {}

    boolean isJson() {
        return json;
    }

    static void write(Surroundings around, JsonNode result) {
        around.out().println(Api.text(result));
    }
}
