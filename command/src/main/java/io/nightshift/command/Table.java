package io.nightshift.command;

import io.nightshift.contract.Text;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as they must be; the last one is as long as it is. */
public final class Table {
    private static final int WIDEST = 200;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    public void add(String... cells) {
        rows.add(List.of(cells).stream().map(cell -> Text.shown(cell, WIDEST)).toList());
    }

    public void print(PrintStream out) {
        lines().forEach(out::println);
    }

    List<String> lines() {
        int columns = rows.get(0).size();
        var widths = new int[columns];
        for (var row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i)) + 2));
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
