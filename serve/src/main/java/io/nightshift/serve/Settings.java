package io.nightshift.serve;

import io.nightshift.contract.fleet.Fleet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings of the roles that follow from the arguments; what the environment says of one of them holds instead. */
final class Settings {
    private Settings() {}

    static Map<String, String> of(Arguments arguments, Fleet fleet, String host) {
        var state = arguments.state();
        var settings = new LinkedHashMap<String, String>();
        settings.put("nightshift.fleet", arguments.fleet().toString());
        settings.put(
                "nightshift.scheduler.state-dir", state.resolve("scheduler").toString());
        settings.put("nightshift.snapshot.host", host);
        settings.put("nightshift.snapshot.view-root", state.resolve("views").toString());
        settings.put("nightshift.worker.host", host);
        settings.put(
                "nightshift.worker.destinations",
                String.join(",", fleet.destinations().keySet()));
        settings.put("nightshift.worker.view-root", state.resolve("views").toString());
        settings.put("nightshift.worker.state-dir", state.resolve("worker").toString());
        // A list, in which a comma would end the path.
        settings.put(
                "nightshift.restore.roots", state.resolve("restored").toString().replace(",", "\\,"));
        settings.put("quarkus.http.port", Integer.toString(arguments.port()));
        settings.put("quarkus.management.port", Integer.toString(arguments.healthPort()));
        return settings;
    }

    /** Without those that the environment has: SmallRye Config's names of variables. */
    static Map<String, String> unlessIn(Map<String, String> environment, Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> !environment.containsKey(variable(setting.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
