package io.nightshift.contract.fleet;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Where in a YAML file each key stands, by the names that SmallRye Config gives them; and keys that stand twice. */
final class YamlLines {
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> empty = new ArrayList<>();
    private final Map<String, Integer> repeated = new HashMap<>();
    private final Map<String, Integer> changed = new HashMap<>();

    private YamlLines() {}

    /** @throws org.yaml.snakeyaml.error.MarkedYAMLException if it is no YAML */
    static YamlLines of(String text) {
        var index = new YamlLines();
        var options = new LoaderOptions();
        options.setWarnOnDuplicateKeys(false);
        var root = new Yaml(options).compose(new StringReader(text));
        if (root != null) {
            index.add("", root);
        }
        return index;
    }

    /** The line of that key, else of the nearest one around it that is in the file; else 0. */
    int line(String key) {
        for (var k = key; !k.isEmpty(); k = parent(k)) {
            var line = lines.get(k);
            if (line != null) {
                return line;
            }
        }
        return 0;
    }

    boolean has(String key) {
        return lines.containsKey(key);
    }

    /** Keys with nothing behind them, which a reader of properties would not see at all. */
    List<String> empty() {
        return empty;
    }

    /** Keys that stand twice, with the line of the repetition: one would silently win. */
    Map<String, Integer> repeated() {
        return repeated;
    }

    /** Keys that YAML takes for something else than text, such as a name 'off' or '010', with their lines. */
    Map<String, Integer> changed() {
        return changed;
    }

    private void add(String name, Node node) {
        if (node instanceof MappingNode mapping) {
            addMapping(name, mapping);
        } else if (node instanceof SequenceNode sequence) {
            var items = sequence.getValue();
            for (int i = 0; i < items.size(); i++) {
                put(name + "[" + i + "]", items.get(i));
            }
        } else if (node instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
            empty.add(name);
        }
    }

    private void addMapping(String name, MappingNode mapping) {
        if (mapping.getValue().isEmpty()) {
            empty.add(name);
        }
        for (var entry : mapping.getValue()) {
            var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            var quoted = key.contains(".") ? '"' + key + '"' : key;
            var full = name.isEmpty() ? quoted : name + "." + quoted;
            int line = entry.getKeyNode().getStartMark().getLine() + 1;
            if (!entry.getKeyNode().getTag().equals(Tag.STR)) {
                changed.put(full, line);
            }
            if (lines.putIfAbsent(full, line) != null) {
                repeated.putIfAbsent(full, line);
            }
            add(full, entry.getValueNode());
        }
    }

    private void put(String name, Node node) {
        lines.put(name, node.getStartMark().getLine() + 1);
        add(name, node);
    }

    private static String parent(String key) {
        int cut = Math.max(key.lastIndexOf('.'), key.lastIndexOf('['));
        return cut < 0 ? "" : key.substring(0, cut);
    }
}
