package io.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.fleet.FleetFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever comes between the commands before and after a backup, those after are run, once. */
class BackupRunTest {
    private final WorkerFixture host = WorkerFixture.create();
    private final Job.Backup job = host.backup("2026-04-17", "hooked", "local");
    private final FakeLedger ledger = new FakeLedger();
    private final List<String> ran = new ArrayList<>();
    private final FakeRepository repository = new FakeRepository();

    @BeforeEach
    void known() {
        var record = new RepositoryRecord("id", "url", Instant.EPOCH, Optional.empty());
        ledger.keepRepository(job.id().target(), record);
    }

    @Test
    void after_a_good_backup_they_are_run_once() throws Exception {
        assertThat(run()).isInstanceOf(JobStatus.Succeeded.class);
        assertThat(ran).containsExactly("before", "after");
    }

    @Test
    void after_another_repository_than_the_one_that_is_remembered() {
        repository.same = false;
        assertThatThrownBy(this::run).hasMessageContaining("is not the one that is remembered");
        assertThat(ran).containsExactly("before", "after");
    }

    @Test
    void with_nats_away_when_restic_has_ended() {
        repository.onBackup = () -> ledger.away = true;
        assertThatThrownBy(this::run).hasMessage("NATS is away");
        assertThat(ran).containsExactly("before", "after");
    }

    @Test
    void after_what_nobody_has_thought_of() {
        repository.onBackup = () -> {
            throw new IllegalStateException("a bug");
        };
        assertThatThrownBy(this::run).hasMessage("a bug");
        assertThat(ran).containsExactly("before", "after");
    }

    @Test
    void after_a_stop_of_the_worker_that_comes_when_restic_has_ended() throws Exception {
        repository.onBackup = () -> Thread.currentThread().interrupt();
        assertThat(run()).isInstanceOf(JobStatus.Succeeded.class);
        assertThat(Thread.interrupted()).as("not forgotten").isTrue();
        assertThat(ran).containsExactly("before", "after");
    }

    @Test
    void once_where_one_of_themselves_fails() throws Exception {
        repository.failAfter = true;
        assertThat(run()).isInstanceOf(JobStatus.Failed.class);
        assertThat(ran).containsExactly("before", "after");
    }

    private JobStatus run() throws InterruptedException {
        var own = FleetFile.read(host.folder.resolve("fleet.yaml"), Map.of())
                .backup(job.id().target())
                .orElseThrow();
        var reports = new Reports() {
            @Override
            public void status(JobStatus status) {}

            @Override
            public void progress(Progress progress) {}
        };
        Commands commands = (list, id, view) -> {
            if (Thread.interrupted()) {
                throw new InterruptedException("as the runner of programs does");
            }
            ran.add(ran.isEmpty() ? "before" : "after");
            if (ran.size() > 1 && repository.failAfter) {
                throw new JobFailedException(Cause.COMMAND_FAILED, "ended with 7", "");
            }
        };
        return new BackupRun(
                        () -> Instant.EPOCH,
                        ledger,
                        reports,
                        open -> new FakeView(Path.of("/view"), List.of("persist/app")),
                        commands,
                        new WorkerName("w"))
                .run(job, 1, own, repository);
    }

    private static final class FakeRepository implements Repository {
        private Runnable onBackup = () -> {};
        private boolean same = true;
        private boolean failAfter;

        @Override
        public String url() {
            return "url";
        }

        @Override
        public String id() {
            return "id";
        }

        @Override
        public String create() {
            return "id";
        }

        @Override
        public Report backup(Job.Backup job, Views.View view, Consumer<Progress> progress) {
            onBackup.run();
            var result = new RunResult.Backup(
                    "0123456789", 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0.1, Optional.empty(), Optional.empty());
            return new Report(result, true, List.of(), 0);
        }

        @Override
        public Optional<RunResult.Backup> snapshotOf(JobId job) {
            return Optional.empty();
        }

        @Override
        public boolean isComplete(Job.Backup job, Views.View view, RunResult.Backup found) {
            return true;
        }

        @Override
        public RunResult.Forget forget(Job.Forget job) {
            return new RunResult.Forget(0, 0, 0);
        }

        @Override
        public RunResult.Check check(Job.Check job) {
            return new RunResult.Check(0, 0, false, false, 0);
        }

        @Override
        public void unlockStale() {}

        @Override
        public boolean lastUsed(String id) {
            return same;
        }
    }
}
