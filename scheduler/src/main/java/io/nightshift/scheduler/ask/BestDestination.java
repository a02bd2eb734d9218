package io.nightshift.scheduler.ask;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.event.StoredSnapshot;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.scheduler.request.RefusedRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds where the newest snapshot is that fits; of two alike, in a folder rather than behind a network. */
final class BestDestination {
    private static final int PAGE = 1_000;
    private static final int MOST = 20_000;

    private final Looking looking;

    BestDestination(Looking looking) {
        this.looking = looking;
    }

    private record Candidate(Target target, boolean folder, Instant time) {}

    /** @throws RefusedRequestException with the reason of each destination */
    Target of(List<ServiceBackup> backups, RestoreRequest request) {
        if (backups.size() == 1) {
            return backups.get(0).target();
        }
        var reasons = new ArrayList<String>();
        return backups.stream()
                .flatMap(backup -> look(backup, request, reasons).stream())
                .max(Comparator.comparing(Candidate::time)
                        .thenComparing(Candidate::folder)
                        .thenComparing(Candidate::target, Comparator.reverseOrder()))
                .map(Candidate::target)
                .orElseThrow(() -> new RefusedRequestException(String.join("; ", reasons)));
    }

    private Optional<Candidate> look(ServiceBackup backup, RestoreRequest request, List<String> reasons) {
        var target = backup.target();
        try {
            var newest = newest(target, request);
            if (newest.isEmpty()) {
                reasons.add(target + " has no snapshot that fits");
            }
            boolean folder = backup.repository().startsWith("/");
            return newest.map(snapshot -> new Candidate(target, folder, snapshot.time()));
        } catch (NobodyAnswersException | AnswerFailedException e) {
            reasons.add(target + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Page by page, newest first: most often the first one has it. */
    private Optional<StoredSnapshot> newest(Target target, RestoreRequest request) {
        int offset = 0;
        QueryAnswer.Snapshots page;
        do {
            page = looking.snapshots(target, offset, PAGE);
            var found = fitting(page.items().stream(), request);
            if (found.isPresent()) {
                return found;
            }
            offset += page.items().size();
        } while (page.more() && !page.items().isEmpty() && offset < MOST);
        return Optional.empty();
    }

    private static Optional<StoredSnapshot> fitting(Stream<StoredSnapshot> newestFirst, RestoreRequest request) {
        var id = request.snapshot().filter(name -> !name.equals(RestoreRequest.LATEST));
        return newestFirst
                .filter(snapshot -> id.isEmpty() || snapshot.id().startsWith(id.get()))
                .filter(snapshot -> request.at().isEmpty()
                        || !snapshot.time().isAfter(request.at().get()))
                .findFirst();
    }
}
