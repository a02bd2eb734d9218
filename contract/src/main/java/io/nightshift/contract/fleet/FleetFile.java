package io.nightshift.contract.fleet;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a fleet file. Any value that the file has, or could have, may come from an environment variable instead, by the
 * rules of MicroProfile Config: {@code BACKUP_SCHEDULE_ZONE} is {@code backup.schedule.zone}.
 */
public final class FleetFile {
    private static final Pattern KEY = Pattern.compile("backup\\.[^\\s']*(?:\"[^\"]*\"[^\\s']*)*");

    private FleetFile() {}

    /**
     * @param environment usually {@link System#getenv()}
     * @throws InvalidFleetException with everything that is wrong with it
     */
    public static Fleet read(Path file, Map<String, String> environment) {
        var text = text(file);
        var lines = lines(file, text);
        var problems = new Problems(file.toString(), lines);
        lines.repeated()
                .forEach((key, line) -> problems.add(line, key, "stands here a second time", "keep one of them"));
        lines.empty().forEach(key -> problems.add(key, "has nothing behind it", "fill it in or leave the key out"));
        lines.changed()
                .forEach((key, line) ->
                        problems.add(line, key, "YAML does not take the last word for a name", "write it in quotes"));
        var written = new Written(text, environment);
        var whole = mapped(written.common(), problems);
        var hosts = new LinkedHashMap<>(whole.hosts());
        written.hosts().forEach(part -> hosts.putAll(mapped(part, problems).hosts()));
        var fleet = new FleetReader(file, whole, hosts, problems).read();
        if (problems.any()) {
            throw new InvalidFleetException(problems.all());
        }
        return fleet;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw refused(file, 0, "there is no such file", "write one; see docs/fleet-file.md");
        } catch (CharacterCodingException e) {
            throw refused(file, 0, "it is not UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            throw refused(file, 0, "it cannot be read: " + e, "give this user the right to read it");
        }
    }

    private static YamlLines lines(Path file, String text) {
        try {
            return YamlLines.of(text);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw refused(
                    file, mark == null ? 0 : mark.getLine() + 1, "not YAML: " + e.getProblem(), "mend the syntax");
        } catch (YAMLException e) {
            throw refused(file, 0, "not YAML: " + e.getMessage(), "mend the syntax");
        }
    }

    private static InvalidFleetException refused(Path file, int line, String what, String mend) {
        return new InvalidFleetException(List.of(new FleetProblem(file.toString(), line, "", what, mend)));
    }

    /** Notes the keys that nobody reads: a misspelt one must not be a silent default. */
    private static FleetConfig mapped(List<ConfigSource> sources, Problems problems) {
        SmallRyeConfig config;
        try {
            config = builder(sources).withValidateUnknown(true).build();
        } catch (ConfigValidationException e) {
            note(e, problems);
            config = builder(sources).withValidateUnknown(false).build();
        }
        return config.getConfigMapping(FleetConfig.class, FleetConfig.PREFIX);
    }

    private static void note(ConfigValidationException unknown, Problems problems) {
        for (int i = 0; i < unknown.getProblemCount(); i++) {
            var message = unknown.getProblem(i).getMessage();
            var key = KEY.matcher(message);
            if (key.find()) {
                problems.add(key.group(), "is not known", "see docs/fleet-file.md for the keys there are");
            } else {
                problems.add("", message, "see docs/fleet-file.md");
            }
        }
    }

    private static SmallRyeConfigBuilder builder(List<ConfigSource> sources) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(sources.toArray(ConfigSource[]::new))
                .withMapping(FleetConfig.class, FleetConfig.PREFIX);
    }
}
