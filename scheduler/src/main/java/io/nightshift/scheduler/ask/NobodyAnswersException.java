package io.nightshift.scheduler.ask;

import io.nightshift.contract.Target;

/** There is no worker to answer a question; the message says which one is missing. */
public class NobodyAnswersException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NobodyAnswersException(String message) {
        super(message);
    }

    public static NobodyAnswersException missing(Target target) {
        return new NobodyAnswersException("no worker of host " + target.host() + " for destination "
                + target.destination() + " runs; start one there whose nightshift.worker.destinations has "
                + target.destination());
    }

    public static NobodyAnswersException late(Target target) {
        return new NobodyAnswersException("the worker of host " + target.host() + " for destination "
                + target.destination() + " does not answer; see its log, and try again");
    }
}
