package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.command.api.Access;
import io.nightshift.command.api.Api;
import io.nightshift.command.api.Live;
import io.nightshift.contract.Text;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What happens, as it happens. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Follows what happens, until Ctrl-C: a screen on a terminal, a line for each event elsewhere.",
        footer = {"", "Examples:", "  nightshift watch", "  nightshift watch --json | jq ."})
final class WatchCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration REDRAW = Duration.ofSeconds(1);
    private static final int WIDTH = 300;

    private final Surroundings around;
    private final Live live = new Live();
    private Instant drawn = Instant.EPOCH;

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Form form = new Form();

    WatchCommand(Surroundings around) {
        this.around = around;
    }

    /** A scheduler that is not there at the start is an error; one that goes away is waited for. */
    @Override
    public Integer call() throws InterruptedException {
        var api = access.api(around);
        api.get("/api/verdict");
        while (true) {
            follow(api);
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void follow(Api api) {
        try (var lines = api.live(live.lastId())) {
            draw(api);
            live.read(lines, (name, data) -> tell(api, name, data));
        } catch (CommandException | UncheckedIOException e) {
            around.say("nightshift: " + Text.shown(String.valueOf(e.getMessage()), WIDTH) + "; trying again");
        }
    }

    private void tell(Api api, String name, JsonNode data) {
        if (form.isJson()) {
            around.out().println("{\"event\":\"" + name + "\",\"data\":" + data + "}");
        } else if (around.terminal()) {
            draw(api);
        } else if (data.has("text")) {
            var line = Amounts.time(data.path("at").asText(), around.zone()) + " " + name + " "
                    + data.path("about").asText() + " " + data.path("text").asText();
            around.out().println(Text.shown(line, WIDTH));
        }
    }

    private void draw(Api api) {
        var now = around.clock().instant();
        if (!around.terminal() || form.isJson() || now.isBefore(drawn.plus(REDRAW))) {
            return;
        }
        drawn = now;
        var out = around.out();
        out.print("\033[H\033[2J");
        out.println(api.get("/api/verdict").path("headline").asText());
        out.println();
        for (var doing : api.get("/api/running")) {
            var progress = doing.path("progress");
            out.println(doing.path("job").asText() + "  " + doing.path("state").asText() + "  "
                    + (progress.isObject() ? Bar.of(progress) : ""));
        }
        out.println();
        int shown = 0;
        for (var event : api.get("/api/events")) {
            if (shown++ < 12) {
                out.println(Text.shown(
                        Amounts.time(event.path("at").asText(), around.zone()) + " "
                                + event.path("about").asText() + " "
                                + event.path("text").asText(),
                        WIDTH));
            }
        }
        out.flush();
    }
}
