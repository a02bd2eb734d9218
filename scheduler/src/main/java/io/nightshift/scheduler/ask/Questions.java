package io.nightshift.scheduler.ask;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.QueryAnswer;

/** Asks a worker what is in a repository. */
public interface Questions {
    /**
     * Blocks for at most a minute.
     *
     * @throws NobodyAnswersException if there is no worker, or none that answers in time
     */
    QueryAnswer ask(Target target, Query query);
}
