package io.nightshift.scheduler.page;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A line over a history, as the points of an SVG polyline of 300 by 48. Pure.
 *
 * @param summary what it shows, for who cannot see it
 */
record Plot(String points, String summary) {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 48;
    private static final int MARGIN = 3;

    /** @param values oldest first; {@code spoken}: first and last of them in words */
    static Plot of(String what, List<Double> values, Function<Double, String> spoken) {
        if (values.isEmpty()) {
            return new Plot("", what + ": nothing yet");
        }
        double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double min = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        var points = IntStream.range(0, values.size())
                .mapToObj(i -> point(i, values.size(), values.get(i), max))
                .collect(Collectors.joining(" "));
        var last = spoken.apply(values.get(values.size() - 1));
        return new Plot(
                points,
                what + " of the last " + values.size() + ": " + spoken.apply(min) + " to " + spoken.apply(max)
                        + ", last " + last);
    }

    private static String point(int index, int count, double value, double max) {
        double x = count == 1 ? WIDTH / 2.0 : (double) index * WIDTH / (count - 1);
        double y = max == 0 ? HEIGHT - MARGIN : HEIGHT - MARGIN - value / max * (HEIGHT - 2 * MARGIN);
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }
}
