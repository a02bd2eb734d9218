package io.nightshift.contract;

import java.util.regex.Pattern;

/** The rule for names of hosts, services and destinations: each becomes a token of a subject and a part of a path. */
public final class Names {
    /** Longer than any host name label (63, RFC 1035) makes no sense, and keeps subjects short. */
    public static final int MAX_LENGTH = 63;

    /** Stands for every host, service or destination in a request; so it is no name itself. */
    public static final String ALL = "all";

    public static final String RULE =
            "use 1 to 63 lower-case letters, digits and '-', beginning with a letter or digit; 'all' is reserved";

    private static final Pattern LEGAL = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private Names() {}

    public static boolean isLegal(String name) {
        return name.length() <= MAX_LENGTH && LEGAL.matcher(name).matches() && !name.equals(ALL);
    }

    /** @throws IllegalArgumentException if it is no legal name; {@code what} says of what: host, service, destination */
    public static String require(String what, String name) {
        if (!isLegal(name)) {
            throw new IllegalArgumentException("not a name of a " + what + ": '" + Text.shown(name, 80) + "'; " + RULE);
        }
        return name;
    }
}
