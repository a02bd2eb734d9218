package io.nightshift.worker.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.worker.query.AnswerQuery;
import io.nightshift.worker.query.QueryConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Answers questions on threads of their own: they wait for no backup, and no backup for them. */
@ApplicationScoped
class Queries {
    private static final Logger LOG = Logger.getLogger(Queries.class);
    private static final int WAITING_FOR_EACH = 4;

    /** NATS takes messages of 1 MiB unless told otherwise. */
    private static final int MOST_BYTES = 700_000;

    /** Who asked has given up by then. */
    private static final Duration STALE = Duration.ofSeconds(20);

    private final AnswerQuery answers;
    private final Fleet fleet;
    private final NatsClient nats;
    private final ExecutorService threads;

    Queries(AnswerQuery answers, Fleet fleet, NatsClient nats, QueryConfig config) {
        this.answers = answers;
        this.fleet = fleet;
        this.nats = nats;
        int parallel = config.parallel();
        this.threads = new ThreadPoolExecutor(
                parallel,
                parallel,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(parallel * WAITING_FOR_EACH),
                task -> {
                    var thread = new Thread(task, "query");
                    thread.setDaemon(true);
                    return thread;
                });
        nats.onStopping(threads::shutdownNow);
    }

    /** Returns at once. Without a reply subject it is no question. */
    @Incoming("queries")
    void query(byte[] body, NatsMessageMetadata metadata) {
        long came = System.nanoTime();
        metadata.replyTo().ifPresent(replyTo -> {
            try {
                threads.execute(() -> answer(body, metadata.subject(), replyTo, came));
            } catch (RejectedExecutionException e) {
                reply(replyTo, failed(Cause.OTHER, "the worker has too many questions", "ask again in a minute"));
            }
        });
    }

    private void answer(byte[] body, String subject, String replyTo, long came) {
        if (System.nanoTime() - came > STALE.toNanos()) {
            return;
        }
        try {
            reply(replyTo, answer(body, subject));
        } catch (InterruptedException e) {
            reply(replyTo, failed(Cause.STOPPED, "the worker was stopped", "ask again"));
            Thread.currentThread().interrupt();
        }
    }

    private QueryAnswer answer(byte[] body, String subject) throws InterruptedException {
        try {
            var target = KnownTargets.of(fleet, subject.split("\\.", -1));
            return answers.answer(target, Query.read(body));
        } catch (MalformedMessageException e) {
            return failed(Cause.CONFIGURATION, String.valueOf(e.getMessage()), "see the contract of backup.query");
        } catch (RuntimeException e) {
            LOG.errorf(e, "a question was not answered: subject=%s", subject);
            return failed(Cause.OTHER, "unexpected: " + e, "see the worker's log");
        }
    }

    private static QueryAnswer failed(Cause cause, String message, String advice) {
        return new QueryAnswer.Failed(Failure.of(cause, message, advice));
    }

    private void reply(String replyTo, QueryAnswer answer) {
        try {
            nats.publishCore(replyTo, fitting(answer), Map.of("content-type", "application/json"));
        } catch (RuntimeException e) {
            LOG.debugf("answer not sent: %s", e.getMessage());
        }
    }

    private static byte[] fitting(QueryAnswer answer) {
        var body = Wire.write(answer);
        return body.length <= MOST_BYTES ? body : fitting(answer.shorter());
    }
}
