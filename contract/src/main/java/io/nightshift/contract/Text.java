package io.nightshift.contract;

/** Makes foreign text fit to be shown in one line: of a log, an error, a message on a phone. */
public final class Text {
    private Text() {}

    /** Without control characters, and cut to {@code max} characters (a cut is marked by an ellipsis). */
    public static String shown(String text, int max) {
        var line = new StringBuilder(Math.min(text.length(), max));
        text.codePoints()
                .limit(max + 1L)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .forEach(line::appendCodePoint);
        int length = line.codePointCount(0, line.length());
        return length <= max ? line.toString() : line.substring(0, line.offsetByCodePoints(0, max - 1)) + "…";
    }
}
