package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.command.api.Api;
import io.nightshift.contract.Names;
import java.util.List;

/** What {@code all} stands for: everything that is switched on. */
final class AllTargets {
    private AllTargets() {}

    static List<JsonNode> of(Api api, ServiceName name, String destination) {
        return api.all("/api/targets").stream()
                .filter(each -> !each.path("health").asText().equals("off"))
                .filter(each -> fits(name.host().orElse(Names.ALL), each.path("host")))
                .filter(each -> fits(destination, each.path("destination")))
                .toList();
    }

    private static boolean fits(String asked, JsonNode name) {
        return asked.equals(Names.ALL) || asked.equals(name.asText());
    }
}
