package io.nightshift.command;

import io.nightshift.command.doctor.DoctorCommand;
import io.nightshift.command.doctor.NotifyTestCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command as a whole. */
@Command(
        name = "nightshift",
        description = "Backups of services on ZFS hosts: what is safe, what runs, and getting data back.",
        mixinStandardHelpOptions = true,
        versionProvider = Nightshift.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  nightshift status                        is everything safe?",
            "  nightshift run prowlarr --wait           back it up now, to each destination",
            "  nightshift restore prowlarr --path /persist/prowlarr/config.xml",
            "  nightshift doctor                        what is wrong here, and how to mend it",
            "",
            "Exit codes: 0 done, all safe; 1 failed, or not all is safe; 2 wrong arguments or fleet file;",
            "  3 the scheduler, or a worker, does not answer; 4 no such service, snapshot or path.",
            "Settings: NIGHTSHIFT_URL, NIGHTSHIFT_TOKEN_FILE, NIGHTSHIFT_FLEET."
        },
        subcommands = {
            StatusCommand.class,
            PlanCommand.class,
            RunCommand.class,
            WatchCommand.class,
            HistoryCommand.class,
            SnapshotsCommand.class,
            LsCommand.class,
            RestoreCommand.class,
            ResticCommand.class,
            DoctorCommand.class,
            NotifyTestCommand.class,
            ServeCommand.class,
            CompletionCommand.class,
            WarmUpCommand.class
        })
final class Nightshift {
    Nightshift() {}

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Nightshift.class.getPackage().getImplementationVersion();
            return new String[] {"nightshift " + (version == null ? "(unpacked)" : version)};
        }
    }
}
