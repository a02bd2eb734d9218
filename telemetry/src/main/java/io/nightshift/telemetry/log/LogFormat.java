package io.nightshift.telemetry.log;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Has the console's lines written in the format that is set, from the first that the service itself logs. */
@ApplicationScoped
class LogFormat {
    private static final int BEFORE_ALL_OTHERS = 1;

    void start(
            @Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent event,
            LogConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        if (config.format() == LogConfig.Format.JSON) {
            var lines = new JsonLines(service);
            handlers(LogContext.getLogContext().getLogger("").getHandlers())
                    .filter(ConsoleHandler.class::isInstance)
                    .forEach(console -> console.setFormatter(lines));
        }
    }

    /** Those that a handler hands its lines to are behind it. */
    private static Stream<Handler> handlers(Handler[] handlers) {
        return Stream.of(handlers)
                .flatMap(handler -> Stream.concat(
                        Stream.of(handler),
                        handler instanceof ExtHandler behind ? handlers(behind.getHandlers()) : Stream.empty()));
    }
}
