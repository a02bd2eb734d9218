package io.nightshift.it.secrets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Secrets by name, and the search for them: as they are, in base64 at every offset, in hexadecimal, and as in a URL. */
final class KnownSecrets {
    private final Map<String, Set<String>> forms = new LinkedHashMap<>();

    void add(String name, String value) {
        if (value.length() < 16) {
            throw new IllegalArgumentException(name + " is so short that it may stand anywhere by chance");
        }
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var all = new LinkedHashSet<String>();
        all.add(value);
        all.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        all.add(HexFormat.of().formatHex(bytes));
        for (int offset = 0; offset < 3; offset++) {
            all.add(inBase64(Base64.getEncoder(), bytes, offset));
            all.add(inBase64(Base64.getUrlEncoder(), bytes, offset));
        }
        forms.put(name, all);
    }

    /** The characters that depend on the secret alone, where {@code offset} other bytes stand before it. */
    private static String inBase64(Base64.Encoder encoder, byte[] secret, int offset) {
        var padded = new byte[offset + secret.length];
        System.arraycopy(secret, 0, padded, offset, secret.length);
        int from = (offset * 8 + 5) / 6;
        int to = padded.length * 8 / 6;
        return encoder.encodeToString(padded).substring(from, to);
    }

    /** The names of those that are in it, in order. */
    Set<String> in(byte[] content) {
        return in(new String(content, StandardCharsets.ISO_8859_1));
    }

    /** @param content as ISO 8859-1, so that any bytes can be looked at; the secrets are ASCII */
    Set<String> in(String content) {
        var found = new TreeSet<String>();
        forms.forEach((name, all) -> {
            if (all.stream().anyMatch(content::contains)) {
                found.add(name);
            }
        });
        return found;
    }

    /** One line for each secret that is there. */
    List<String> findings(String where, byte[] content) {
        var lines = new ArrayList<String>();
        in(content).forEach(name -> lines.add(name + " is in " + where));
        return lines;
    }
}
