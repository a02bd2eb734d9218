package io.nightshift.worker.restic;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.event.Excludes;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Retention;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.worker.FakeView;
import io.nightshift.worker.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResticArgumentsTest {
    private static final String EVIL = "--option=sftp.command=touch /tmp/owned";
    private static final String LINES = "-o\nrclone.program=id";
    private final ResticBench bench = new ResticBench();

    @Test
    void nothing_of_a_message_becomes_an_option() throws Exception {
        var excludes = new Excludes(List.of(EVIL, LINES), List.of(EVIL), true);
        var plain = bench.host.backup("2026-04-17", "app", "local", "/persist/app", excludes);
        var job = tagged(plain, List.of(EVIL, LINES, "-v"));
        var own = FleetFile.read(bench.host.folder.resolve("fleet.yaml"), Map.of())
                .backup(job.id().target())
                .orElseThrow();
        var arguments = ResticArguments.backup(
                job, own, hostileView(), List.of(), Instant.EPOCH, Duration.ofSeconds(1), List.of());
        int end = arguments.indexOf("--");
        assertThat(arguments.subList(end + 1, arguments.size())).containsExactly("-rf", EVIL, "line\nbreak");
        assertThat(arguments.subList(0, end))
                .doesNotContain(EVIL, LINES, "-v")
                .contains("--tag=" + EVIL, "--tag=" + LINES, "--tag=-v", "--exclude=" + EVIL, "--exclude=" + LINES)
                .contains("--exclude-if-present=" + EVIL);
    }

    @Test
    void nor_does_anything_of_upkeep() {
        var check = bench.host.check("2026-04-17", "app", "local");
        var evil = new Job.Check(check.id(), check.due(), check.repository(), check.limits(), Optional.of(EVIL));
        assertThat(ResticArguments.check(evil, Duration.ofSeconds(1)))
                .doesNotContain(EVIL)
                .contains("--read-data-subset=" + EVIL);
        var forget = bench.host.forget("2026-04-17", "app", "local", 1);
        var tags = new Job.Forget(forget.id(), forget.due(), forget.repository(), forget.limits(), keeping(EVIL));
        assertThat(ResticArguments.forget(tags, Duration.ofSeconds(1)))
                .doesNotContain(EVIL)
                .contains("--keep-tag=" + EVIL);
    }

    private static Retention keeping(String tag) {
        var none = Optional.<Integer>empty();
        var never = Optional.<String>empty();
        return new Retention(
                Optional.of(1), none, none, none, none, none, never, never, never, never, never, never, List.of(tag));
    }

    private static Job.Backup tagged(Job.Backup job, List<String> tags) {
        return new Job.Backup(
                job.id(),
                job.due(),
                job.repository(),
                job.limits(),
                job.source(),
                job.paths(),
                job.excludes(),
                tags,
                job.allowEmpty(),
                job.shrinkTolerance());
    }

    private static Views.View hostileView() {
        return new FakeView(Path.of("/view"), List.of("-rf", EVIL, "line\nbreak"));
    }
}
