package io.nightshift.notifier;

import io.nightshift.notifier.Finding.Recovery;
import io.nightshift.notifier.Finding.Trouble;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes findings into incidents. When {@link #handle} returns, the incident is kept, with the message that is to be sent, so
 * the event may be acknowledged. Handling an event twice is harmless: the incident knows the time of its last one.
 */
public final class Notifier {
    private static final Logger LOG = Logger.getLogger(Notifier.class);

    private final Rules rules;
    private final Sender sender;

    public Notifier(Rules rules, Sender sender) {
        this.rules = rules;
        this.sender = sender;
    }

    public void handle(Finding finding) {
        if (finding instanceof Trouble trouble) {
            opened(trouble);
        } else if (finding instanceof Recovery recovery) {
            recovery.keys().forEach(key -> ended(key, recovery));
        } else {
            throw new IllegalStateException("unhandled: " + finding);
        }
    }

    private void opened(Trouble trouble) {
        var incident = sender.change(
                trouble.key(),
                before -> before.map(i -> i.hit(trouble, rules)).or(() -> Optional.of(Incident.open(trouble, rules))));
        incident.ifPresent(i -> LOG.debugf(
                "trouble: incident=%s part=%s times=%d",
                i.key(), trouble.part(), i.course().times()));
    }

    private void ended(String key, Recovery recovery) {
        sender.change(key, before -> before.map(i -> i.end(recovery)));
    }
}
