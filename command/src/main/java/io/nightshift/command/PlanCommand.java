package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.command.api.Access;
import io.nightshift.command.api.Api;
import io.nightshift.contract.Wire;
import io.nightshift.contract.plan.Outlook;
import io.nightshift.contract.plan.SwitchedOff;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** When everything runs next; with {@code --fleet}, also of a file that nobody has deployed yet. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Shows every next run, and warns of what is switched off where it matters.",
        footer = {
            "",
            "With --fleet the file is read here and nothing is asked of anybody, as a check before a deployment:",
            "warnings leave the exit code at 0, everything wrong with the file is said, with exit code 2.",
            "",
            "Examples:",
            "  nightshift plan",
            "  nightshift plan --fleet backups.yaml"
        })
final class PlanCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final FleetOption fleet = new FleetOption();

    @Mixin
    private final Form form = new Form();

    PlanCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        var plan = fleet.isGiven() ? ofFile() : access.api(around).get("/api/plan");
        if (form.isJson()) {
            Form.write(around, plan);
        } else {
            print(plan);
        }
        plan.path("warnings").forEach(text -> around.say("warning: " + text.asText() + "; " + SwitchedOff.ADVICE));
        return Exits.DONE;
    }

    private JsonNode ofFile() {
        var outlook = Outlook.of(fleet.read(around), around.clock().instant());
        return Api.parse(new String(Wire.write(outlook), StandardCharsets.UTF_8));
    }

    private void print(JsonNode plan) {
        var table = new Table("JOB", "WORK", "NEXT (" + plan.path("zone").asText() + ")", "NEXT (UTC)");
        plan.path("runs")
                .forEach(run -> table.add(
                        run.path("target").asText(),
                        run.path("work").asText(),
                        seconds(run.path("local").asText()),
                        seconds(run.path("utc").asText())));
        table.print(around.out());
    }

    /** ISO 8601 as a person reads it: without fractions of a second, and without the T. */
    private static String seconds(String time) {
        return time.replaceFirst("\\.\\d+", "").replace('T', ' ');
    }
}
