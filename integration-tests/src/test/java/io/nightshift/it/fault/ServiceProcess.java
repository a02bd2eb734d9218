package io.nightshift.it.fault;

import io.nightshift.it.Background;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One service as a process, as it is shipped, with a small heap. */
final class ServiceProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final String name;
    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private Process process;

    /**
     * @param module whose packaged application it is
     * @param settings as system properties, which come before all others
     * @param environment added to our own
     */
    ServiceProcess(
            String name, String module, Path folder, Map<String, String> settings, Map<String, String> environment)
            throws IOException {
        this.name = name;
        this.environment = environment;
        this.log = folder.resolve(name + ".log");
        this.port = Background.freePort();
        command = new ArrayList<>(List.of("java", "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dquarkus.http.port=0");
        command.add("-Dquarkus.management.port=" + port);
        command.addAll(List.of("-jar", jar(module).toString()));
        this.process = launch();
    }

    private static Path jar(String module) {
        var jar =
                Path.of("").toAbsolutePath().getParent().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not built; run mvn package first");
        }
        return jar;
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** At once, with what it has started, as systemd and containers do. */
    void kill() throws InterruptedException {
        var family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** What it has started lives on. */
    void killAlone() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As at a shutdown of the machine or a new version. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException(name + " did not stop within 60 s; see " + log);
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        Programs.run("kill", "-" + name, Long.toString(pid()));
    }

    void restart() throws IOException {
        process = launch();
    }

    void awaitReady() {
        Awaitility.await(name + " to be ready").atMost(START_LIMIT).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " has ended: " + lastWords());
            }
            return Background.isReady(port);
        });
    }

    /** Memory that it holds, in KiB. */
    long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private String lastWords() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
