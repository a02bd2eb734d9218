package io.nightshift.scheduler.access;

import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets in whoever shows the token, or was let in before. Without a token it is open. Thread-safe. */
public final class Door {
    /** Of a session. Not __Host-: such a cookie needs TLS, which a loopback address has no use for. */
    public static final String COOKIE = "nightshift";

    /** How long a session lives. */
    public static final int SESSION_SECONDS = (int) Sessions.LIFE.toSeconds();

    private static final Logger LOG = Logger.getLogger(Door.class);

    private final Optional<Token> token;
    private final InstantSource clock;
    private final Sessions sessions = new Sessions();
    private final Brake brake = new Brake();

    Door(Optional<Token> token, InstantSource clock) {
        this.token = token;
        this.clock = clock;
    }

    /** What became of a token that was shown. */
    public enum Answer {
        RIGHT,
        WRONG,
        /** Not looked at: too many wrong ones came from that address. */
        HELD
    }

    public boolean isOpen() {
        return token.isEmpty();
    }

    /** @param address of who shows it */
    public Answer show(String offered, String address) {
        var now = clock.instant();
        if (brake.holds(address, now)) {
            return Answer.HELD;
        }
        if (token.filter(right -> right.is(offered)).isPresent()) {
            brake.right(address);
            return Answer.RIGHT;
        }
        if (brake.wrong(address, now)) {
            LOG.warnf("wrong tokens address=%s times=%d, none is looked at for %s", address, Brake.TRIES, Brake.PAUSE);
        }
        return Answer.WRONG;
    }

    /** A new session, after the right token. */
    public String begin() {
        return sessions.begin(clock.instant());
    }

    boolean knows(String session) {
        return sessions.knows(session, clock.instant());
    }

    public void end(String session) {
        sessions.end(session);
    }
}
