package io.nightshift.command.doctor;

import io.nightshift.command.CommandException;
import io.nightshift.command.Exits;
import io.nightshift.command.direct.Repositories;
import io.nightshift.contract.fleet.ServiceBackup;
import java.util.List;

/** Whether a repository can be opened with its password. */
record RepositoryCheck(Repositories repositories, ServiceBackup backup) implements Check {
    @Override
    public List<Finding> look() throws InterruptedException {
        var about = "repository " + backup.target();
        try {
            repositories.open(backup).run(List.of("cat", "config", "--no-lock"), line -> {});
            return List.of(Finding.ok(about, "can be opened"));
        } catch (CommandException e) {
            var words = String.valueOf(e.getMessage());
            return List.of(
                    e.code() == Exits.UNKNOWN
                            ? Finding.warn(about, words, "if it was there before, it is never made anew in silence")
                            : Finding.bad(
                                    about,
                                    words,
                                    "nightshift restic "
                                            + backup.target().service() + " "
                                            + backup.target().destination()
                                            + " -- cat config tells more"));
        }
    }
}
