package io.nightshift.notifier;

import org.jboss.logging.Logger;

/** The channel where no other is configured: the log, which nobody may read. */
public final class LogChannel implements Channel {
    private static final Logger LOG = Logger.getLogger(LogChannel.class);

    @Override
    public String name() {
        return "log";
    }

    @Override
    public Outcome send(Note note) {
        var line = note.title() + " | " + note.body().replace("\n", " | ");
        switch (note.severity()) {
            case FAILURE -> LOG.error(line);
            case WARNING -> LOG.warn(line);
            case RECOVERY -> LOG.info(line);
        }
        return new Outcome.Delivered();
    }
}
