package io.nightshift.contract.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value and where it was said.
 *
 * @param key in full
 */
record Setting<T>(String key, T value) {

    /** A level of settings; the levels of a backup go from the most general to the most special. */
    record Level(String key, FleetSettings settings) {}

    /** What the most special level says that says anything. */
    static <T> Optional<Setting<T>> mostSpecial(
            List<Level> levels, String name, Function<FleetSettings, Optional<T>> read) {
        return all(levels, name, read).stream().reduce((general, special) -> special);
    }

    /** What each level says, from general to special. */
    static <T> List<Setting<T>> all(List<Level> levels, String name, Function<FleetSettings, Optional<T>> read) {
        var said = new ArrayList<Setting<T>>();
        for (var level : levels) {
            read.apply(level.settings()).ifPresent(value -> said.add(new Setting<>(level.key() + "." + name, value)));
        }
        return said;
    }

    /** The lists of all levels, one after the other; each item with its own key. */
    static List<Setting<String>> items(
            List<Level> levels, String name, Function<FleetSettings, Optional<List<String>>> read) {
        return all(levels, name, read).stream()
                .flatMap(list -> list(list).stream())
                .toList();
    }

    static List<Setting<String>> list(Setting<List<String>> list) {
        var items = new ArrayList<Setting<String>>();
        for (int i = 0; i < list.value().size(); i++) {
            items.add(new Setting<>(list.key() + "[" + i + "]", list.value().get(i)));
        }
        return items;
    }
}
