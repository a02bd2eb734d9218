package io.nightshift.contract.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Lines {@code NAME=value} for restic's environment: blank lines and {@code #} comments are skipped, {@code export} and
 * one pair of quotes around a value are taken off. Nothing is expanded, as in systemd's EnvironmentFile.
 */
public final class EnvFile {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private EnvFile() {}

    /** @throws IllegalArgumentException which names the line, never its content */
    public static Map<String, String> read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static Map<String, String> parse(String text) {
        var values = new TreeMap<String, String>();
        int number = 0;
        for (var raw : text.lines().toList()) {
            number++;
            var line = raw.strip().replaceFirst("^export\\s+", "");
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1 || !NAME.matcher(line.substring(0, equals)).matches()) {
                throw new IllegalArgumentException("line " + number + " is not NAME=value");
            }
            values.put(
                    line.substring(0, equals),
                    unquoted(line.substring(equals + 1).strip()));
        }
        return values;
    }

    private static String unquoted(String value) {
        int last = value.length() - 1;
        boolean quoted = last > 0
                && value.charAt(0) == value.charAt(last)
                && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted ? value.substring(1, last) : value;
    }
}
