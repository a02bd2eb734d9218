package io.nightshift.command.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Reads server-sent events. Source: WHATWG HTML, section 9.2.6: lines {@code field: value}, an empty line ends an event. */
public final class Live {
    private Optional<String> lastId = Optional.empty();

    public Live() {}

    /** The id to resume behind. */
    public Optional<String> lastId() {
        return lastId;
    }

    /**
     * Until the stream ends.
     *
     * @param events is given the name of each, and its data
     */
    public void read(Stream<String> lines, BiConsumer<String, JsonNode> events) {
        var name = "message";
        var data = new StringBuilder();
        for (Iterator<String> all = lines.iterator(); all.hasNext(); ) {
            var line = all.next();
            if (line.isEmpty()) {
                if (data.length() > 0) {
                    events.accept(name, Api.parse(data.toString()));
                }
                name = "message";
                data.setLength(0);
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip());
            } else if (line.startsWith("id:")) {
                lastId = Optional.of(line.substring("id:".length()).strip());
            }
        }
    }
}
