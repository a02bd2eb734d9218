package io.nightshift.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/**
 * One service of one host to one destination: what has a repository, a lease and a state of its own.
 * In text, and in JSON, {@code <host>/<service>/<destination>}.
 */
public record Target(String host, String service, String destination) implements Comparable<Target> {
    private static final Comparator<Target> ORDER =
            Comparator.comparing(Target::host).thenComparing(Target::service).thenComparing(Target::destination);

    public Target {
        Names.require("host", host);
        Names.require("service", service);
        Names.require("destination", destination);
    }

    @JsonCreator
    public static Target parse(String text) {
        var part = text.split("/", -1);
        if (part.length != 3) {
            throw new IllegalArgumentException("not <host>/<service>/<destination>: '" + Text.shown(text, 200) + "'");
        }
        return new Target(part[0], part[1], part[2]);
    }

    /** As the last tokens of a subject, and in a key-value bucket: {@code <host>.<service>.<destination>}. */
    public String tokens() {
        return host + "." + service + "." + destination;
    }

    /** As the command takes it: {@code <host>/<service> <destination>}. */
    public String arguments() {
        return host + "/" + service + " " + destination;
    }

    @Override
    public int compareTo(Target other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return host + "/" + service + "/" + destination;
    }
}
