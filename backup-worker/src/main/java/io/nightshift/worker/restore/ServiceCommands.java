package io.nightshift.worker.restore;

import io.nightshift.contract.fleet.HookCommand;
import io.nightshift.worker.JobFailedException;
import java.util.List;
import java.util.Map;

/** The user's own commands around a restore in place. */
public interface ServiceCommands {
    /**
     * @param environment what they are told
     * @throws JobFailedException at the first that fails; the others are not run
     */
    void run(List<HookCommand> commands, Map<String, String> environment) throws InterruptedException;
}
