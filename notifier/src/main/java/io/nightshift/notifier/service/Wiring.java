package io.nightshift.notifier.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.nats.NatsClient;
import io.nightshift.notifier.Channel;
import io.nightshift.notifier.IncidentStore;
import io.nightshift.notifier.LogChannel;
import io.nightshift.notifier.Notifier;
import io.nightshift.notifier.NotifierConfig;
import io.nightshift.notifier.Rules;
import io.nightshift.notifier.Sender;
import io.nightshift.notifier.Wording;
import io.nightshift.notifier.messaging.KeyValueIncidents;
import io.nightshift.notifier.pushover.PushoverChannel;
import io.nightshift.telemetry.trace.Traces;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Puts the plain classes together. */
@Dependent
class Wiring {
    private static final Logger LOG = Logger.getLogger(Wiring.class);

    @Produces
    @Singleton
    Channel channel(NotifierConfig config, MeterRegistry registry, Traces traces) {
        return new TracedChannel(new CountedChannel(channel(config), registry), traces, Clock.systemUTC());
    }

    private static Channel channel(NotifierConfig config) {
        if (PushoverChannel.configured(config.pushover())) {
            return new PushoverChannel(config, Clock.systemUTC());
        }
        LOG.warn("no channel configured: failures reach nobody, they are only written to this log;"
                + " set nightshift.notifier.pushover.token-file and .user-file");
        return new LogChannel();
    }

    @Produces
    @Singleton
    IncidentStore incidents(NatsClient nats) {
        return new KeyValueIncidents(nats);
    }

    @Produces
    @Singleton
    Sender sender(IncidentStore incidents, Channel channel, NotifierConfig config) {
        return new Sender(incidents, channel, new Wording(), config.retryPauses(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    Notifier notifier(Sender sender, NotifierConfig config) {
        var rules = new Rules(config.remindAfter(), config.rejectedEvery(), config.gather());
        return new Notifier(rules, sender);
    }
}
