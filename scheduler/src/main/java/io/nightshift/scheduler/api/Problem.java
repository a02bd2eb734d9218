package io.nightshift.scheduler.api;

/**
 * An error as RFC 9457 has it.
 *
 * @param type {@code about:blank}: the title says it all
 * @param detail what, which and why, in one line, with what to do
 */
public record Problem(String type, String title, int status, String detail) {
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail);
    }
}
