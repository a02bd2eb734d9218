package io.nightshift.scheduler.ask;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.request.RefusedRequestException;
import java.util.Optional;

/** What is in the repositories, as their workers tell. Its methods block. */
public final class Looking {
    private final Fleet fleet;
    private final Questions questions;

    public Looking(Fleet fleet, Questions questions) {
        this.fleet = fleet;
        this.questions = questions;
    }

    public QueryAnswer.Snapshots snapshots(Target target, int offset, int limit) {
        return ask(target, new Query.Snapshots(offset, limit), QueryAnswer.Snapshots.class);
    }

    public QueryAnswer.Folder folder(Target target, String snapshot, String path, int offset, int limit) {
        return ask(target, new Query.Folder(snapshot, path, offset, limit), QueryAnswer.Folder.class);
    }

    /** @param path only what is below it */
    public QueryAnswer.Found find(Target target, String snapshot, String name, String path, int offset, int limit) {
        var query = new Query.Find(snapshot, name, Optional.of(path), offset, limit);
        return ask(target, query, QueryAnswer.Found.class);
    }

    private <T extends QueryAnswer> T ask(Target target, Query query, Class<T> wanted) {
        if (fleet.backup(target).isEmpty()) {
            throw new RefusedRequestException(
                    "the fleet file has no backup " + target + "; GET /api/targets lists those it has");
        }
        var answer = questions.ask(target, query);
        if (answer instanceof QueryAnswer.Failed failed) {
            throw new AnswerFailedException(failed.failure());
        }
        if (!wanted.isInstance(answer)) {
            throw NobodyAnswersException.late(target);
        }
        return wanted.cast(answer);
    }
}
