package io.nightshift.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines of UTF-8. A line longer than the limit is passed on cut there, and the rest of
 * it, up to the next line end, is dropped, so that one mad line neither fills the memory nor spoils the ones after it.
 * Bytes that are not UTF-8 become U+FFFD. Not thread-safe.
 */
final class LineSplitter {

    /** In bytes, unless the caller expects more. restic's status lines, lists of current files, are a few KiB. */
    static final int LONGEST_LINE = 1 << 20;

    private final Consumer<String> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final int longestLine;
    private boolean begun;

    LineSplitter(Consumer<String> sink, int longestLine) {
        this.sink = sink;
        this.longestLine = longestLine;
    }

    void accept(byte[] bytes, int length) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                append(bytes, from, i);
                emit();
                from = i + 1;
            }
        }
        if (from < length) {
            append(bytes, from, length);
            begun = true;
        }
    }

    /** The stream has ended; a last line without a line end counts. */
    void end() {
        if (begun) {
            emit();
        }
    }

    private void append(byte[] bytes, int from, int to) {
        line.write(bytes, from, Math.min(to - from, longestLine - line.size()));
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        begun = false;
        sink.accept(text);
    }
}
