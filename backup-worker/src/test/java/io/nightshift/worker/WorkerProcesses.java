package io.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Workers as they are deployed, each a process of its own; what is left of them ends with the test. */
public final class WorkerProcesses implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final List<Process> workers = new ArrayList<>();

    /** @param folder for their logs and their state, with the fleet file */
    public WorkerProcesses(Path folder) {
        this.folder = folder;
    }

    /** Returns when it has started. */
    public Process start(String natsUrl, String host, String... settings) throws IOException {
        var log = folder.resolve("worker-" + workers.size() + ".log");
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx128m",
                                "-Dnats.servers=" + natsUrl,
                                "-Dquarkus.management.port=0",
                                "-Dnightshift.fleet=" + folder.resolve("fleet.yaml"),
                                "-Dnightshift.worker.host=" + host,
                                "-Dnightshift.worker.state-dir=" + folder.resolve("zustand"),
                                "-Dnightshift.worker.stop-grace=PT1S"),
                        Stream.concat(Stream.of(settings).map(each -> "-D" + each), Stream.of("-jar", JAR.toString())))
                .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        workers.add(process);
        await().atMost(START_LIMIT).until(() -> {
            assertThat(process.isAlive()).as(() -> read(log)).isTrue();
            return read(log).contains("started in");
        });
        return process;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        workers.forEach(worker -> {
            worker.descendants().forEach(ProcessHandle::destroyForcibly);
            worker.destroyForcibly();
        });
    }
}
