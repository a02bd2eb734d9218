package io.nightshift.contract.fleet;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a fleet file. Any value that the file has, or could have, may come from an environment variable instead, by the
 * rules of MicroProfile Config: {@code BACKUP_SCHEDULE_ZONE} is {@code backup.schedule.zone}.
 */
public final class FleetFile {
    private static final int FILE_ORDINAL = 100;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final String ENVIRONMENT_PREFIX = "BACKUP_";
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
        findUnknown(text, environment, problems);
        var config = config(text, environment).withValidateUnknown(false).build();
        var fleet =
                new FleetReader(file, config.getConfigMapping(FleetConfig.class, FleetConfig.PREFIX), problems).read();
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

    /** A first reading, for nothing but the keys that nobody reads: a misspelt one must not be a silent default. */
    private static void findUnknown(String text, Map<String, String> environment, Problems problems) {
        try {
            config(text, environment).withValidateUnknown(true).build();
        } catch (ConfigValidationException e) {
            for (int i = 0; i < e.getProblemCount(); i++) {
                var message = e.getProblem(i).getMessage();
                var key = KEY.matcher(message);
                if (key.find()) {
                    problems.add(key.group(), "is not known", "see docs/fleet-file.md for the keys there are");
                } else {
                    problems.add("", message, "see docs/fleet-file.md");
                }
            }
        }
    }

    private static SmallRyeConfigBuilder config(String text, Map<String, String> environment) {
        Map<String, String> ours = environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(ENVIRONMENT_PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new YamlConfigSource("fleet file", text, FILE_ORDINAL),
                        new EnvConfigSource(ours, ENVIRONMENT_ORDINAL))
                .withMapping(FleetConfig.class, FleetConfig.PREFIX);
    }
}
