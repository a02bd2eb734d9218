package io.nightshift.worker.restic;

import java.util.regex.Pattern;

/** Takes credentials out of what is shown: {@code rest:https://user:password@host/} and the like. */
final class Urls {
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@\\s]*@");

    private Urls() {}

    static String shown(String text) {
        return CREDENTIALS.matcher(text).replaceAll("//");
    }
}
