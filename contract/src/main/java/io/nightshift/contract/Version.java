package io.nightshift.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which version of Nightshift this is, by Semantic Versioning 2.0.0; the build writes it down. */
public final class Version {
    /** Such as {@code 1.4.0}, or {@code 1.5.0-SNAPSHOT} between releases. */
    public static final String OWN = read();

    private Version() {}

    private static String read() {
        var properties = new Properties();
        try (var file = Version.class.getResourceAsStream("version.properties")) {
            properties.load(Objects.requireNonNull(file, "version.properties is not in the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(properties.getProperty("version"), "no version in version.properties");
    }
}
