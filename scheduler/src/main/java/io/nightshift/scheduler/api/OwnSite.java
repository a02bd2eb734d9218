package io.nightshift.scheduler.api;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may speak to this service over HTTP. A browser sends what any site tells it to, also to a service that listens on the
 * loopback address alone; so a request is taken only under a name that is ours (a foreign name that was bound to our address
 * is not), and one that changes something only from our own pages. Pure.
 *
 * <p>Source: Fetch Metadata Request Headers (W3C), section 2.3; RFC 6454, section 7.
 */
final class OwnSite {
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OURS = Set.of("same-origin", "none");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    private final List<String> names;

    /** @param names further host names under which the service may be reached, without port */
    OwnSite(List<String> names) {
        this.names = List.copyOf(names);
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host)
                || host.equals("::1")
                || IPV4_LOOPBACK.matcher(host).matches();
    }

    /**
     * Why a request is refused; empty: it is taken. A program that is no browser sends neither origin nor site, and is taken.
     *
     * @param host as in the header, with port; so are {@code origin} and {@code site} (Sec-Fetch-Site)
     */
    Optional<String> refusal(String method, Optional<String> host, Optional<String> origin, Optional<String> site) {
        if (host.filter(this::isOurName).isEmpty()) {
            return Optional.of("not a name of this service: " + host.orElse("none")
                    + "; use localhost, or add the name to nightshift.scheduler.host-names");
        }
        if (HARMLESS.contains(method)) {
            return Optional.empty();
        }
        if (site.filter(value -> !OURS.contains(value)).isPresent()
                || origin.filter(value -> !isFrom(value, host.get())).isPresent()) {
            return Optional.of("asked for by a page of another site: " + origin.orElse("unknown")
                    + "; only pages of this service may change something");
        }
        return Optional.empty();
    }

    private boolean isOurName(String host) {
        var name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
        return isLoopback(name) || names.contains(name);
    }

    private static boolean isFrom(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false; // "null", or no origin at all
        }
    }
}
