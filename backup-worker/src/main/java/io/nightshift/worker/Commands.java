package io.nightshift.worker;

import io.nightshift.contract.JobId;
import io.nightshift.contract.fleet.HookCommand;
import java.nio.file.Path;
import java.util.List;

/** The user's own commands around a backup. */
public interface Commands {
    /** @throws JobFailedException at the first that fails; the others are not run */
    void run(List<HookCommand> commands, JobId job, Path view) throws InterruptedException;
}
