package io.nightshift.it.fault.judge;

import io.nightshift.contract.JobId;
import java.util.Optional;
import java.util.stream.Stream;

/** No backup reads from another night's snapshot or copy, or from another host's, and none before it was announced. */
final class RightSource implements Judge.Promise {
    @Override
    public Stream<String> broken(History history) {
        return history.all(Entry.ResticStarted.class).stream()
                .filter(start -> start.command().equals("backup"))
                .flatMap(start -> wrong(history, start).stream()
                        .map(why -> "restic backup (run " + start.run() + ", "
                                + start.tag("job").map(job -> "job " + job).orElse("no job") + ") at " + start.at()
                                + " read from " + start.folder() + ", " + why));
    }

    private static Optional<String> wrong(History history, Entry.ResticStarted start) {
        var job = start.tag("job").map(JobId::parse);
        if (job.isEmpty()) {
            return Optional.empty(); // a person's own
        }
        var ready = history.announcementOf(start.folder());
        if (ready.isEmpty()) {
            return Optional.of("which nobody has announced");
        }
        if (ready.get().at().isAfter(start.at())) {
            return Optional.of("which was not announced before " + ready.get().at());
        }
        var source = ready.get().what();
        if (!source.host().equals(job.get().target().host())) {
            return Optional.of("which is of host " + source.host());
        }
        boolean ownNight =
                job.get().night().isScheduled() || history.wasStarted(job.get().night());
        return ownNight && !source.night().equals(job.get().night())
                ? Optional.of("which is of night " + source.night())
                : Optional.empty();
    }
}
