package io.nightshift.scheduler.messaging;

import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NobodyListensException;
import io.nightshift.scheduler.ask.NobodyAnswersException;
import io.nightshift.scheduler.ask.Questions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

@ApplicationScoped
class NatsQuestions implements Questions {
    /** Longer than the two calls of restic that a worker may make, and its queue: it says itself that it was too slow. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final NatsClient nats;

    NatsQuestions(NatsClient nats) {
        this.nats = nats;
    }

    @Override
    public QueryAnswer ask(Target target, Query query) {
        try {
            return nats.request(Subjects.query(target), Wire.write(query), LIMIT)
                    .map(body -> Wire.read(body, QueryAnswer.class))
                    .orElseThrow(() -> NobodyAnswersException.late(target));
        } catch (NobodyListensException e) {
            throw NobodyAnswersException.missing(target);
        }
    }
}
