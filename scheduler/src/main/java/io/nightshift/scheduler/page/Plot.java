package io.nightshift.scheduler.page;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A line over a history, as points of an SVG picture of 300 by 48. The scale begins below the least value and says so, for a
 * growth of a tenth must be seen. Pure.
 *
 * @param most what the top of the picture stands for, and {@code least}: its bottom
 * @param summary what it shows, for who cannot see it
 * @param area the line, closed along the bottom
 */
record Plot(String what, String most, String least, String summary, String line, String area) {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 48;

    /** How far below the least value the scale begins, as a part of the greatest; at zero where it is near. */
    private static final double ROOM = 0.1;

    /** @param values oldest first; {@code spoken}: one of them in words */
    static Plot of(String what, List<Double> values, DoubleFunction<String> spoken) {
        if (values.isEmpty()) {
            return new Plot(what, "", "", "nothing yet", "", "");
        }
        double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double min = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double floor = Math.max(0, min - max * ROOM);
        var line = IntStream.range(0, values.size())
                .mapToObj(i -> point(i, values.size(), (values.get(i) - floor) / Math.max(max - floor, 1e-9)))
                .collect(Collectors.joining(" "));
        var summary = "last " + spoken.apply(values.get(values.size() - 1)) + "; of " + values.size() + " from "
                + spoken.apply(min) + " to " + spoken.apply(max);
        return new Plot(
                what, spoken.apply(max), spoken.apply(floor), summary, line, "0,48 " + line + " " + WIDTH + ",48");
    }

    /** @param part of the scale, 0 to 1 */
    private static String point(int index, int count, double part) {
        double x = count == 1 ? WIDTH : (double) index * WIDTH / (count - 1);
        return String.format(Locale.ROOT, "%.1f,%.1f", x, HEIGHT - 2 - part * (HEIGHT - 4));
    }
}
