package io.nightshift.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One service of one host to one destination: what has a repository, a lease and a state of its own.
 * In text, and in JSON, {@code <host>/<service>/<destination>}.
 */
public record Target(String host, String service, String destination) implements Comparable<Target> {
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

    @Override
    public int compareTo(Target other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return host + "/" + service + "/" + destination;
    }
}
