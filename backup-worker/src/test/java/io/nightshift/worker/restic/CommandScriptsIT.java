package io.nightshift.worker.restic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.process.SystemProgramRunner;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands {@code restic-<service>-<destination>}, run by a real shell with a real restic. */
class CommandScriptsIT {
    private static final String NIGHT = "2026-04-17";

    private final ResticBench bench = new ResticBench();
    private final Path folder = bench.host.folder.resolve("it's bin");

    @BeforeEach
    void settings() {
        bench.with("commands-dir", folder.toString());
    }

    @Test
    void each_speaks_to_the_repository_of_its_job_alone() throws Exception {
        bench.host.takeView(NIGHT, "data");
        for (var service : List.of("app", "other")) {
            var job = bench.host.backup(NIGHT, service, "local");
            bench.repository(job).create();
            bench.repository(job).backup(job, bench.view(NIGHT), progress -> {});
        }
        start();
        assertThat(run("restic-app-local", "snapshots")).contains("service:app").doesNotContain("service:other");
        assertThat(run("restic-app-local", "ls", "latest")).contains("/persist/app/größe 1.log");
    }

    @Test
    void those_of_another_destination_and_of_a_person_stay_and_those_of_jobs_that_are_gone_vanish() throws Exception {
        start();
        Files.writeString(folder.resolve("restic-mine"), "#!/bin/sh\n");
        bench.with("destinations", "narrow");
        start();
        assertThat(names()).contains("restic-app-local", "restic-app-narrow", "restic-mine");
        Files.writeString(
                fleetFile(), Files.readString(fleetFile()).replace("        third: { paths: [/persist/third] }\n", ""));
        start();
        assertThat(names())
                .contains("restic-third-local", "restic-mine", "restic-app-narrow")
                .doesNotContain("restic-third-narrow");
    }

    @Test
    void an_env_file_is_read_at_each_call_as_the_worker_reads_it_and_not_run() throws Exception {
        var canary = bench.host.folder.resolve("canary");
        var secrets = bench.host.secret("s3.env", """
                # keys
                  export ONE="a b"
                TWO='c"d'
                THREE=$(touch "%s")
                FIVE=e=f #g""".formatted(canary));
        Files.writeString(
                fleetFile(),
                Files.readString(fleetFile())
                        .replaceFirst("password-file", "env-file: \"" + secrets + "\", password-file"));
        var fake = Files.writeString(bench.host.folder.resolve("fake"), "#!/bin/sh\nexec env\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        bench.with("restic", fake.toString());
        start();
        assertThat(Files.readString(folder.resolve("restic-app-local"))).doesNotContain("a b");
        assertThat(run("restic-app-local").lines())
                .contains("ONE=a b", "TWO=c\"d", "THREE=$(touch \"" + canary + "\")", "FIVE=e=f #g")
                .contains("RESTIC_REPOSITORY=" + bench.host.nas() + "/daedalus/app");
        assertThat(canary).doesNotExist();
    }

    @Test
    void a_folder_that_cannot_be_written_ends_no_start() throws Exception {
        bench.with("commands-dir", "/proc/no folder");
        start();
        assertThat(folder).doesNotExist();
    }

    private void start() throws Exception {
        var restic = new ResticProgram(new SystemProgramRunner(), bench.config());
        new CommandScripts(bench.config(), restic).start(new StartupEvent(), FleetFile.read(fleetFile(), Map.of()));
    }

    private Path fleetFile() {
        return bench.host.folder.resolve("fleet.yaml");
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private String run(String name, String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(folder.resolve(name).toString()));
        words.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
