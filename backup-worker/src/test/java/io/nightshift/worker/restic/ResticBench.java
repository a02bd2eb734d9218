package io.nightshift.worker.restic;

import io.nightshift.contract.event.Job;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.process.Command;
import io.nightshift.process.Stop;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.worker.FakeView;
import io.nightshift.worker.Views;
import io.nightshift.worker.WorkerConfig;
import io.nightshift.worker.WorkerFixture;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Repositories of a fixture by real restic, with limits short enough for a test. */
final class ResticBench {
    final WorkerFixture host = WorkerFixture.create();
    final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> settings = new TreeMap<>();
    Path temporary = host.folder.resolve("tmp");
    List<String> program = List.of("restic");

    ResticBench with(String setting, String value) {
        settings.put("nightshift.worker." + setting, value);
        return this;
    }

    WorkerConfig config() {
        var builder = new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withDefaultValue(
                        "nightshift.fleet", host.folder.resolve("fleet.yaml").toString())
                .withDefaultValue("nightshift.worker.host", WorkerFixture.HOST)
                .withDefaultValue("nightshift.worker.destinations", "local")
                .withDefaultValue("nightshift.worker.retry-lock", "PT0S");
        settings.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(WorkerConfig.class);
    }

    ResticRepository repository(Job job) throws Exception {
        return repository(job, job.repository());
    }

    ResticRepository repository(Job job, String url) throws Exception {
        var cache = host.folder.resolve("cache");
        Files.createDirectories(temporary);
        var own = FleetFile.read(host.folder.resolve("fleet.yaml"), Map.of())
                .backup(job.id().target())
                .orElseThrow();
        return new ResticRepository(
                new SystemProgramRunner(),
                restic(url, cache),
                own,
                config().worker(),
                cache,
                temporary,
                InstantSource.system());
    }

    private Command restic(String url, Path cache) {
        return Command.of(program)
                .withInherited("PATH", "HOME", "LC_ALL")
                .withEnvironment(Map.of(
                        "RESTIC_REPOSITORY",
                        url,
                        "RESTIC_PASSWORD_FILE",
                        host.folder.resolve("password").toString(),
                        "RESTIC_CACHE_DIR",
                        cache.toString(),
                        "RESTIC_PROGRESS_FPS",
                        "10",
                        "TMPDIR",
                        temporary.toString(),
                        "TZ",
                        "UTC"))
                .withEnvironment(environment)
                .withStop(Stop.TERMINATE.withGrace(Duration.ofSeconds(1)));
    }

    Views.View view(String night) {
        return new FakeView(host.view(night), List.of("persist/app"));
    }
}
