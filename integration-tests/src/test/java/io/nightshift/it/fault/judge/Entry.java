package io.nightshift.it.fault.judge;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One fact of a history; a line of JSON in a file. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Fleet.class, name = "fleet"),
    @JsonSubTypes.Type(value = Entry.Bus.class, name = "bus"),
    @JsonSubTypes.Type(value = Entry.ResticStarted.class, name = "restic-started"),
    @JsonSubTypes.Type(value = Entry.ResticEnded.class, name = "restic-ended"),
    @JsonSubTypes.Type(value = Entry.Killed.class, name = "killed"),
    @JsonSubTypes.Type(value = Entry.StoreLost.class, name = "store-lost"),
    @JsonSubTypes.Type(value = Entry.ClockSet.class, name = "clock-set"),
    @JsonSubTypes.Type(value = Entry.Phone.class, name = "phone"),
    @JsonSubTypes.Type(value = Entry.View.class, name = "view"),
    @JsonSubTypes.Type(value = Entry.Kept.class, name = "kept")
})
public sealed interface Entry {
    Instant at();

    /** What every night is to back up. */
    record Fleet(Instant at, List<Target> targets) implements Entry {
        public Fleet {
            targets = List.copyOf(targets);
        }
    }

    /**
     * A message that a stream has stored.
     *
     * @param at the stream's own time
     */
    record Bus(Instant at, String stream, long sequence, String subject, String body) implements Entry {
        String where() {
            return stream + " " + sequence;
        }
    }

    /**
     * A process of restic, as a wrapper saw it.
     *
     * @param run names this process and no other
     * @param folder in which it works: for a backup, where it reads from
     * @param arguments the command first; restic takes no secret there
     */
    record ResticStarted(Instant at, String run, long pid, String folder, String repository, List<String> arguments)
            implements Entry {
        public ResticStarted {
            arguments = List.copyOf(arguments);
        }

        String command() {
            return arguments.isEmpty() ? "" : arguments.get(0);
        }

        /** The value of a tag {@code <key>:<value>}, as the worker sets them. */
        Optional<String> tag(String key) {
            return Tags.value(arguments, key);
        }
    }

    /** @param exit empty: it was killed, and nobody was left to see the code */
    record ResticEnded(Instant at, String run, Optional<Integer> exit) implements Entry {
        public ResticEnded {
            exit = exit == null ? Optional.empty() : exit;
        }
    }

    /** A process of a service was killed by the fault. */
    record Killed(Instant at, String service) implements Entry {}

    /** Everything that the bus kept was deleted. */
    record StoreLost(Instant at) implements Entry {}

    /** From then on the clock of the services is ahead of the real time, of which all other entries are. */
    record ClockSet(Instant at, Duration ahead) implements Entry {}

    /** A message to the owner's phone. */
    record Phone(Instant at, String title, String text) implements Entry {}

    /**
     * What a view held when it was announced.
     *
     * @param trees of each service, as a text that is the same only for the same tree
     */
    record View(Instant at, String host, NightId night, Map<String, String> trees) implements Entry {
        public View {
            trees = trees == null ? Map.of() : Map.copyOf(trees);
        }
    }

    /**
     * A snapshot in a repository at the end.
     *
     * @param tree what came back of it, in the same form as a view's; empty: it could not be restored
     */
    record Kept(Instant at, Target target, String snapshot, List<String> tags, Optional<String> tree) implements Entry {
        public Kept {
            tags = tags == null ? List.of() : List.copyOf(tags);
            tree = tree == null ? Optional.empty() : tree;
        }

        Optional<String> tag(String key) {
            return Tags.value(tags, key);
        }
    }
}
