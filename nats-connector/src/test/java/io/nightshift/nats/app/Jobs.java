package io.nightshift.nats.app;

import io.nightshift.nats.NatsClient;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** An application as a user of the connector would write it. */
@ApplicationScoped
public class Jobs {
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch twoAtOnce = new CountDownLatch(2);
    private final CountDownLatch untilStop = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Emitter<String> results;

    Jobs(NatsClient nats, @Channel("results") Emitter<String> results) {
        this.results = results;
        nats.onStopping(stopping::countDown);
    }

    @Incoming("jobs")
    @Blocking(ordered = false)
    void run(byte[] body) throws InterruptedException {
        String job = new String(body, StandardCharsets.UTF_8);
        if (job.startsWith("pair")) {
            twoAtOnce.countDown();
            twoAtOnce.await();
        }
        if (job.equals("until stop")) {
            untilStop.countDown();
            stopping.await();
            new CountDownLatch(1).await(3, TimeUnit.SECONDS); // longer than ack-wait
            results.send("stopped cleanly").toCompletableFuture().join();
        }
        done.add(job);
    }

    public List<String> done() {
        return done;
    }

    public boolean awaitHandlerThatRunsUntilStop() throws InterruptedException {
        return untilStop.await(20, TimeUnit.SECONDS);
    }
}
