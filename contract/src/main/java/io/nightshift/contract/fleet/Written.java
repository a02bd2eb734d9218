package io.nightshift.contract.fleet;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.NameIterator;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What is written in a fleet file and the environment, each host by itself: SmallRye Config goes through all names that it is given for each
 * entry of a map, so that a large fleet in one piece takes minutes.
 */
final class Written {
    private static final int FILE_ORDINAL = 100;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final String ENVIRONMENT_PREFIX = "BACKUP_";
    private static final String HOSTS = "backup.hosts";
    private static final String ENVIRONMENT_HOSTS = "BACKUP_HOSTS";

    private final Map<String, String> environment;
    private final Map<String, String> common = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> hosts = new LinkedHashMap<>();

    Written(String text, Map<String, String> environment) {
        this.environment = environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(ENVIRONMENT_PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        // Of which host a variable is, only all the names together tell; and an expression may name any of them.
        boolean inOnePiece = text.contains("${")
                || this.environment.keySet().stream().anyMatch(name -> name.startsWith(ENVIRONMENT_HOSTS));
        new YamlConfigSource("fleet file", text, FILE_ORDINAL)
                .getProperties()
                .forEach((name, value) -> (inOnePiece ? common : part(name)).put(name, value));
    }

    private Map<String, String> part(String name) {
        if (!name.startsWith(HOSTS + ".")) {
            return common;
        }
        var host = new NameIterator(name, HOSTS.length());
        return hosts.computeIfAbsent(host.getNextSegment(), none -> new LinkedHashMap<>());
    }

    /** All that is not one host's. */
    List<ConfigSource> common() {
        return List.of(source(common), new EnvConfigSource(environment, ENVIRONMENT_ORDINAL));
    }

    /** Of each host what is its own. */
    List<List<ConfigSource>> hosts() {
        return hosts.values().stream()
                .map(part -> List.<ConfigSource>of(source(part)))
                .toList();
    }

    private static ConfigSource source(Map<String, String> part) {
        return new PropertiesConfigSource(part, "fleet file", FILE_ORDINAL);
    }
}
