package io.nightshift.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** {@code nightshift.yaml}, read as a tree. */
final class AsyncApiDocument {
    private static final String REF = "$ref";

    private final ObjectMapper json = new ObjectMapper();
    private final JsonNode root;

    AsyncApiDocument() {
        try (var in = Files.newBufferedReader(Path.of("src/main/asyncapi/nightshift.yaml"))) {
            root = json.valueToTree(new Yaml().load(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An example in the document: of which message it is, and what of. */
    record Example(String name, JsonNode payload, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    Map<String, JsonNode> channels() {
        return children(root.path("channels"));
    }

    Map<String, JsonNode> messages() {
        return children(root.at("/components/messages"));
    }

    Map<String, JsonNode> schemas() {
        return children(root.at("/components/schemas"));
    }

    private static Map<String, JsonNode> children(JsonNode node) {
        var children = new TreeMap<String, JsonNode>();
        node.properties().forEach(child -> children.put(child.getKey(), child.getValue()));
        return children;
    }

    /** The address of a channel with names in the place of its parameters. */
    static String address(JsonNode channel, Map<String, String> names) {
        var address = channel.path("address").asText();
        for (var name : names.entrySet()) {
            address = address.replace("{" + name.getKey() + "}", name.getValue());
        }
        return address;
    }

    JsonNode resolve(JsonNode node) {
        return node.has(REF) ? resolve(root.at(node.path(REF).asText().substring(1))) : node;
    }

    JsonNode payload(String message) {
        return resolve(messages().get(message).path("payload"));
    }

    Stream<Example> examples() {
        return messages().entrySet().stream()
                .flatMap(message -> elements(message.getValue().path("examples"))
                        .map(e -> new Example(e.path("name").asText(), e.path("payload"), message.getKey())));
    }

    /** Payload or headers of a message, to check content with. */
    JsonSchema schema(String message, String part) {
        return schema(messages().get(message).path(part));
    }

    /** What it refers to is found in this document. */
    JsonSchema schema(JsonNode node) {
        var schema = json.createObjectNode();
        schema.set("components", root.path("components"));
        schema.putArray("allOf").add(node);
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema, config);
    }

    JsonNode tree(Object value) {
        return json.valueToTree(value);
    }

    JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Class<?> javaType(JsonNode schema) {
        try {
            return Class.forName(schema.path("x-java").asText());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("x-java: " + schema, e);
        }
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::asText).toList();
    }
}
