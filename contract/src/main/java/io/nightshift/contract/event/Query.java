package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nightshift.contract.Command;
import io.nightshift.contract.Text;
import io.nightshift.contract.Wire;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Request on {@code backup.query.<host>.<service>.<destination>}: what is in a repository? A worker of that host and
 * destination answers with a {@link QueryAnswer}. An empty body asks for the snapshots. Fields that are not known are refused:
 * a question that is half understood gets a wrong answer.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ask")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Query.Snapshots.class, name = "snapshots"),
    @JsonSubTypes.Type(value = Query.Folder.class, name = "folder"),
    @JsonSubTypes.Type(value = Query.Find.class, name = "find")
})
public sealed interface Query extends Command {
    int DEFAULT_LIMIT = 200;
    int MAX_LIMIT = 1_000;

    /** @throws io.nightshift.contract.MalformedMessageException if it is not understood wholly */
    static Query read(byte[] body) {
        return body.length == 0 ? new Snapshots(0, 0) : Wire.read(body, Query.class);
    }

    /** How many of the items to leave out, and how many to tell. */
    int offset();

    int limit();

    /** Which snapshots there are, newest first. */
    record Snapshots(int offset, int limit) implements Query {
        public Snapshots {
            limit = limitOf(offset, limit);
        }
    }

    /**
     * What is in one folder of a snapshot, by name; not what is below its folders.
     *
     * @param snapshot {@code latest}, or restic's id of at least 8 digits
     * @param path absolute, as on the host; {@code /} for the top
     */
    record Folder(String snapshot, String path, int offset, int limit) implements Query {
        public Folder {
            requireSnapshot(snapshot);
            requirePath(Copies.required("path", path));
            limit = limitOf(offset, limit);
        }
    }

    /**
     * Where in a snapshot something has a name like this.
     *
     * @param name a part of it; upper and lower case are the same
     * @param path only what is below it
     */
    record Find(String snapshot, String name, Optional<String> path, int offset, int limit) implements Query {
        private static final Pattern NAME = Pattern.compile("[^/\\p{Cntrl}]{1,255}");

        public Find {
            requireSnapshot(snapshot);
            Copies.required("name", name);
            path = Copies.optional(path);
            path.ifPresent(Query::requirePath);
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "name is 1 to 255 characters without '/', not '" + Text.shown(name, 80) + "'");
            }
            limit = limitOf(offset, limit);
        }
    }

    private static int limitOf(int offset, int limit) {
        if (offset < 0 || limit < 0 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "offset is 0 or more and limit 1 to " + MAX_LIMIT + ", not " + offset + " and " + limit);
        }
        return limit == 0 ? DEFAULT_LIMIT : limit;
    }

    private static void requireSnapshot(String snapshot) {
        RestoreRequest.requireSnapshot(Copies.required("snapshot", snapshot));
    }

    private static void requirePath(String path) {
        if (!path.equals("/")) {
            RestoreRequest.requirePlain("path", path);
        }
    }
}
