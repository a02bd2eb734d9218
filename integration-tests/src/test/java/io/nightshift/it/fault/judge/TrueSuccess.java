package io.nightshift.it.fault.judge;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import java.util.Optional;
import java.util.stream.Stream;

/** No success without a snapshot that is there, can be restored, and is what its source was. */
final class TrueSuccess implements Judge.Promise {
    @Override
    public Stream<String> broken(History history) {
        return history.ends().stream()
                .filter(end -> end.what() instanceof JobStatus.Succeeded)
                .flatMap(end -> wrong(history, (JobStatus.Succeeded) end.what()).stream()
                        .map(why -> "job " + end.what().job() + " succeeded at " + end.at() + ", but " + why));
    }

    private static Optional<String> wrong(History history, JobStatus.Succeeded end) {
        if (!(end.result() instanceof RunResult.Backup result)) {
            return Optional.empty();
        }
        var kept = history.all(Entry.Kept.class).stream()
                .filter(one -> one.snapshot().equals(result.snapshot())
                        && one.target().equals(end.job().target()))
                .findFirst();
        var which = "its snapshot " + result.snapshot();
        if (kept.isEmpty()) {
            return Optional.of(which + " is not in the repository");
        }
        if (kept.get().tree().isEmpty()) {
            return Optional.of(which + " cannot be restored");
        }
        var night = source(history, end.job());
        var view = history.all(Entry.View.class).stream()
                .filter(one -> one.host().equals(end.job().target().host())
                        && one.night().equals(night))
                .findFirst()
                .map(one -> one.trees().get(end.job().target().service()));
        if (view.isEmpty()) {
            return Optional.of("nobody saw what service " + end.job().target().service() + " was in night " + night);
        }
        return view.equals(kept.get().tree())
                ? Optional.empty()
                : Optional.of(which + " restores to " + kept.get().tree().get() + ", and its source in night " + night
                        + " was " + view.get());
    }

    /** A job by hand may read from an earlier night; which one, the process itself shows. */
    private static NightId source(History history, JobId job) {
        return history.all(Entry.ResticStarted.class).stream()
                .filter(start ->
                        start.command().equals("backup") && start.tag("job").equals(Optional.of(job.toString())))
                .flatMap(start -> history.announcementOf(start.folder()).stream())
                .map(ready -> ready.what().night())
                .findFirst()
                .orElse(job.night());
    }
}
