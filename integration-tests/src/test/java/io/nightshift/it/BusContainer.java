package io.nightshift.it;

import java.nio.file.Path;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.MountableFile;

/** The bus as {@code docker-compose.yml} has it: the image of {@code deploy/images}, with what {@code deploy/nats/setup} makes. */
final class BusContainer extends GenericContainer<BusContainer> {
    private static final Path IMAGES = Programs.PROJECT.resolve("deploy/images");

    /** It is copied into a container, where another user runs the server. */
    private static final int READABLE = 0444;

    /** @param port on this machine and in the container, so that it stays over a restart */
    private BusContainer(Bus bus, int port) {
        super(new ImageFromDockerfile("nightshift-test/nats", false)
                .withFileFromPath(".", IMAGES)
                .withDockerfilePath("nats/Dockerfile"));
        copy(bus.directory().resolve("nats.conf"), "/etc/nightshift/bus/nats.conf");
        for (var file : List.of("server.pem", "server.key")) {
            copy(bus.directory().resolve(file), bus.directory().resolve(file).toString());
        }
        setPortBindings(List.of("127.0.0.1:" + port + ":" + port));
        waitingFor(Wait.forHealthcheck());
    }

    private void copy(Path from, String to) {
        withCopyFileToContainer(MountableFile.forHostPath(from, READABLE), to);
    }

    /** Sets it up in that directory, and starts it. */
    static BusContainer start(Bus bus, Path fleet) throws Exception {
        int port = Background.freePort();
        bus.setUp(fleet, "--listen", "0.0.0.0:" + port, "--store", "/var/lib/nats");
        var container = new BusContainer(bus, port);
        container.start();
        return container;
    }

    /** As when the host of the container loses its power, but for the page cache; its volume stays. */
    void killAndStartAgain() {
        getDockerClient().killContainerCmd(getContainerId()).exec();
        getDockerClient().startContainerCmd(getContainerId()).exec();
        waitUntilContainerStarted();
    }
}
