package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.command.api.Api;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The services and destinations that arguments mean, as the scheduler knows them. */
final class Targets {
    private Targets() {}

    /** Those of one service on one host, in the scheduler's order: the worst first. */
    static List<JsonNode> of(Api api, ServiceName name, Optional<String> destination) {
        var found = api.all("/api/targets?service=" + name.service()
                + name.host().map(host -> "&host=" + host).orElse("")
                + destination.map(where -> "&destination=" + Api.encode(where)).orElse(""));
        if (found.isEmpty()) {
            throw CommandException.unknown("the fleet file has no backup of " + name
                    + destination.map(where -> " to " + where).orElse("") + "; 'nightshift status' lists those it has");
        }
        var hosts = new TreeSet<String>();
        found.forEach(each -> hosts.add(each.path("host").asText()));
        if (hosts.size() > 1) {
            throw CommandException.usage(
                    name + " is on " + String.join(", ", hosts) + "; say which: " + hosts.first() + "/" + name);
        }
        return found;
    }

    static String path(JsonNode target) {
        return "/api/targets/" + target.path("target").asText();
    }
}
