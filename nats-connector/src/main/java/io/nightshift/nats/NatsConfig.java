package io.nightshift.nats;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of the connection, and of the streams and key-value buckets that the application needs. */
@ConfigMapping(prefix = "nats")
public interface NatsConfig {
    /** Servers to try, as {@code nats://host:port} or {@code tls://host:port}. */
    @WithDefault("nats://127.0.0.1:4222")
    List<String> servers();

    /** Name of this client in the server's monitoring. */
    Optional<String> connectionName();

    /** User name; needs {@link #password()} or {@link #passwordFile()}. */
    Optional<String> user();

    Optional<String> password();

    /** Holds the password; read again when the server refused the one before. */
    Optional<Path> passwordFile();

    Optional<String> token();

    /** Holds the token; read at each (re)connect. */
    Optional<Path> tokenFile();

    /** Holds a user seed ({@code SU…}); read at each (re)connect. */
    Optional<Path> nkeyFile();

    /** A {@code .creds} file with JWT and seed; read at each (re)connect. */
    Optional<Path> credentialsFile();

    /** For mounts of secrets whose modes cannot be changed: take files that every user of the machine can read. */
    @WithDefault("false")
    boolean allowReadableSecrets();

    /** For accounts that may only subscribe below a certain inbox prefix. */
    Optional<String> inboxPrefix();

    Tls tls();

    /** For one try to connect, and for one answer of the server. */
    @WithDefault("PT5S")
    Duration connectTimeout();

    /** The server is asked for a sign of life this often; the connection that left three unanswered is given up. */
    @WithDefault("PT20S")
    Duration pingInterval();

    /** Pause between two rounds through the servers. */
    @WithDefault("PT2S")
    Duration reconnectWait();

    /** At most this much is added to the pause, at random. */
    @WithDefault("PT1S")
    Duration reconnectJitter();

    /** How long the start of the application waits for NATS before it goes on, not ready, and waits in the background. */
    @WithDefault("PT10S")
    Duration waitAtStart();

    /** How long a confirmed publish is tried. */
    @WithDefault("PT30S")
    Duration publishTimeout();

    /** How long the stop of the application waits for handlers that hold a message. */
    @WithDefault("PT30S")
    Duration drainTimeout();

    /** Create and update the streams and buckets below; otherwise only wait until they are there. */
    @WithDefault("true")
    boolean manage();

    /** By name of the stream. */
    Map<String, Stream> streams();

    /** By name of the bucket. */
    Map<String, Bucket> keyValue();

    /** Transport security; files are PEM. */
    interface Tls {
        /** Also on when a file is given or a server's URL begins with {@code tls:}. */
        @WithDefault("false")
        boolean enabled();

        /** Certificates to trust; the JDK's own when absent. */
        Optional<Path> caFile();

        /** Certificate chain of this client. */
        Optional<Path> certFile();

        /** Private key of this client, PKCS #8 without a password. */
        Optional<Path> keyFile();
    }

    /** A stream; what is absent keeps the server's default, or what the stream already has. */
    interface Stream {
        List<String> subjects();

        Optional<Retention> retention();

        Optional<Duration> maxAge();

        Optional<MemorySize> maxBytes();

        Optional<Long> maxMessagesPerSubject();

        Optional<MemorySize> maxMessageSize();

        /** How far back a repeated message id is recognised. */
        Optional<Duration> duplicateWindow();

        /** What goes when the stream is full. */
        Optional<Discard> discard();

        Optional<Storage> storage();

        Optional<Integer> replicas();

        /** Lets any replica answer reads of single messages. */
        Optional<Boolean> allowDirect();

        Optional<String> description();
    }

    /** A key-value bucket; what is absent keeps the server's default, or what the bucket already has. */
    interface Bucket {
        /** Life of each value after its last change. */
        Optional<Duration> ttl();

        /** Values kept per key, 1 to 64. */
        Optional<Integer> history();

        Optional<MemorySize> maxValueSize();

        Optional<MemorySize> maxBytes();

        Optional<Storage> storage();

        Optional<Integer> replicas();

        Optional<String> description();
    }

    /** When a stream lets a message go. */
    enum Retention {
        LIMITS,
        WORK_QUEUE,
        INTEREST
    }

    /** What a full stream drops. */
    enum Discard {
        OLD,
        NEW
    }

    /** Where messages are kept. */
    enum Storage {
        FILE,
        MEMORY
    }
}
