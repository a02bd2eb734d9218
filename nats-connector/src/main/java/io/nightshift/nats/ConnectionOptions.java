package io.nightshift.nats;

import io.nats.client.Options;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Map;

/** What the settings say of a connection, in the client library's terms; also for programs that are no Quarkus application. */
public final class ConnectionOptions {
    private static final int ORDINAL = 300;

    private ConnectionOptions() {}

    /**
     * Of variables such as {@code NATS_SERVERS}; the streams' settings are left out.
     *
     * @throws IOException if a file for TLS is missing or holds something else
     * @throws IllegalArgumentException if the settings contradict each other
     */
    public static Options.Builder of(Map<String, String> environment) throws IOException {
        var config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, ORDINAL))
                .addDiscoveredConverters()
                .withMapping(NatsConfig.class)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(NatsConfig.class);
        Authentication.check(config);
        return of(config);
    }

    static Options.Builder of(NatsConfig config) throws IOException {
        Options.Builder options = new Options.Builder()
                .servers(config.servers().toArray(String[]::new))
                .connectionTimeout(config.connectTimeout())
                .pingInterval(config.pingInterval())
                .reconnectWait(config.reconnectWait())
                .reconnectJitter(config.reconnectJitter())
                .reconnectJitterTls(config.reconnectJitter());
        config.connectionName().ifPresent(options::connectionName);
        config.inboxPrefix().ifPresent(options::inboxPrefix);
        Authentication.apply(config, options);
        if (PemTls.wanted(config)) {
            options.sslContext(PemTls.context(config.tls()));
        }
        return options;
    }
}
