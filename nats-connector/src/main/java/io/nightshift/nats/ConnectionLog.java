package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Remembers the last problem of the connection, and logs what a person should know. Never shows a password of a URL. */
final class ConnectionLog implements ErrorListener {
    private static final Logger LOG = Logger.getLogger(ConnectionLog.class);

    private final List<String> servers;
    private volatile String problem = "not tried yet";

    ConnectionLog(List<String> servers) {
        this.servers = servers.stream().map(ConnectionLog::withoutSecrets).toList();
    }

    private static String withoutSecrets(String text) {
        return text.replaceAll("//[^/@\\s]*@", "//");
    }

    List<String> servers() {
        return servers;
    }

    String problem() {
        return problem;
    }

    void failed(Exception e) {
        // The library's summary says only which servers failed; the reason came through exceptionOccurred before.
        boolean summary = e.getMessage() != null && e.getMessage().startsWith("Unable to connect");
        if (!summary || "not tried yet".equals(problem)) {
            remember(e);
        }
    }

    private void remember(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Throwable cause = e.getCause();
        boolean tellsMore = cause != null && cause.getMessage() != null && !message.contains(cause.getMessage());
        problem = withoutSecrets(cause != null && tellsMore ? message + ": " + cause.getMessage() : message);
    }

    @Override
    public void exceptionOccurred(Connection connection, @Nullable Exception e) {
        if (e != null) {
            remember(e);
            LOG.debugf(e, "connection to NATS: %s", problem);
        }
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        problem = withoutSecrets(error);
        LOG.warnf("NATS says: %s", problem);
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        LOG.warnf("a subscription cannot keep up, NATS messages are dropped: dropped=%d", consumer.getDroppedCount());
    }
}
