package io.nightshift.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** What the scheduler's OpenAPI document has: a test of the scheduler sees that it is what is served. */
final class ApiDocument {
    private static final Path FILE = Path.of("../scheduler/src/main/openapi/nightshift.yaml");

    private final List<String> operations = new ArrayList<>();

    ApiDocument() {
        try (var in = Files.newBufferedReader(FILE)) {
            Map<String, Map<String, Map<String, ?>>> document = new Yaml().load(in);
            document.get("paths")
                    .forEach((path, methods) -> methods.keySet()
                            .forEach(method -> operations.add(
                                    method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{\\w+}", "[^/]+"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String method, String path) {
        return operations.stream().anyMatch(operation -> (method + " " + path).matches(operation));
    }
}
