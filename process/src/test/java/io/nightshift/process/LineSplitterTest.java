package io.nightshift.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(lines::add, LineSplitter.LONGEST_LINE);

    @Test
    void chunks_may_cut_lines_and_letters_anywhere() {
        for (byte b : "größer\n\nletzte".getBytes(UTF_8)) {
            splitter.accept(new byte[] {b}, 1);
        }
        splitter.end();

        assertThat(lines).containsExactly("größer", "", "letzte");
    }

    @Test
    void a_line_end_at_the_end_begins_no_further_line() {
        feed("one\n");
        splitter.end();

        assertThat(lines).containsExactly("one");
    }

    @Test
    void a_line_over_the_limit_is_cut_and_the_next_one_is_whole() {
        String chunk = "x".repeat(LineSplitter.LONGEST_LINE / 2 + 1);
        feed(chunk);
        feed(chunk);
        feed(chunk);
        feed("\nnext\n");

        assertThat(lines).containsExactly("x".repeat(LineSplitter.LONGEST_LINE), "next");
    }

    @Test
    void bytes_that_are_no_text_are_replaced() {
        splitter.accept(new byte[] {'a', (byte) 0xff, 'b', '\n'}, 4);

        assertThat(lines).containsExactly("a\uFFFDb");
    }

    @Test
    void the_tail_keeps_the_end() {
        var tail = new Tail();
        tail.accept("lost");
        tail.accept("y".repeat(Tail.LIMIT - 4));
        tail.accept("end");

        assertThat(tail.toString()).hasSize(Tail.LIMIT).startsWith("yyy").endsWith("y\nend");
    }

    private void feed(String text) {
        splitter.accept(text.getBytes(UTF_8), text.length());
    }
}
