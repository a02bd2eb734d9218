package io.nightshift.it.fault;

import io.nightshift.it.Background;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A real nats-server that can be killed, frozen, and robbed of its store; it keeps its port. Maybe one of a cluster. */
final class BusServer implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    BusServer(Path folder) throws IOException {
        this(folder, "server_name: faults");
    }

    /** @param more settings in the server's own format, among them its name */
    BusServer(Path folder, String more) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = Background.freePort();
        Files.writeString(folder.resolve("nats.conf"), """
                listen: "127.0.0.1:%d"
                jetstream { store_dir: "%s", sync_interval: always, max_file_store: 1GB }
                %s
                """.formatted(port, store(), more));
        this.process = launch();
        awaitPort();
    }

    int port() {
        return port;
    }

    /** Everything that it keeps. */
    Path store() {
        return folder.resolve("store");
    }

    String url() {
        return "nats://127.0.0.1:" + port;
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        "nats-server", "-c", folder.resolve("nats.conf").toString())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
    }

    private void awaitPort() {
        Awaitility.await("nats-server").atMost(Duration.ofSeconds(30)).until(() -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void restart() throws IOException {
        process = launch();
        awaitPort();
    }

    /** As when a disk is replaced; the server must be down. */
    void forget() throws IOException, InterruptedException {
        Programs.run("rm", "-rf", store().toString());
    }

    /** Its connections stay open, and nothing answers. */
    void freeze() throws IOException, InterruptedException {
        Programs.run("kill", "-STOP", Long.toString(process.pid()));
    }

    void thaw() throws IOException, InterruptedException {
        Programs.run("kill", "-CONT", Long.toString(process.pid()));
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
