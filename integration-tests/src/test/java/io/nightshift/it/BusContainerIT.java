package io.nightshift.it;

import static io.nightshift.it.SeparateServicesIT.backUp;
import static io.nightshift.it.SeparateServicesIT.restore;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.MessageInfo;
import io.nightshift.contract.Subjects;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** The services as processes, and their bus in a container that Testcontainers starts, where a Docker Engine is. */
class BusContainerIT {
    @TempDir
    Path work;

    @BeforeAll
    static void engineAndPrograms() {
        Programs.require("restic", "openssl");
        var reason = "no Docker Engine answers; integration-tests/docker/containers starts one";
        boolean answers = DockerClientFactory.instance().isDockerAvailable();
        if (!answers && System.getenv("DOCKER_HOST") != null) {
            throw new IllegalStateException(reason + ", and DOCKER_HOST is " + System.getenv("DOCKER_HOST"));
        }
        Assumptions.assumeTrue(answers, reason);
    }

    @Test
    void what_the_bus_keeps_outlives_its_container_s_death_and_the_night_goes_on() throws Exception {
        Files.writeString(Files.createDirectories(work.resolve("data")).resolve("note"), "worth keeping");
        var fleet = OneDisk.fleet(work, "right", "notes: { paths: [\"WORK/data\"] }");
        var bus = new Bus(work.resolve("bus"));
        var container = BusContainer.start(bus, fleet);
        try (var services = new SeparateServices(work, fleet, bus, container)) {
            for (var service : SeparateServices.ALL) {
                services.start(service, Programs.PROJECT);
            }
            services.awaitReady();
            MessageInfo told;
            try (var nats = services.operator()) {
                backUp(nats, "backup.night.start", "", 1);
                told = nats.jetStreamManagement()
                        .getLastMessage(Subjects.STATUS_STREAM, "backup.status.here.notes.disk");
            }
            container.killAndStartAgain();
            services.awaitReady();
            try (var nats = services.operator()) {
                assertThat(nats.jetStreamManagement().getMessage(Subjects.STATUS_STREAM, told.getSeq()))
                        .as("what the bus kept")
                        .returns(told.getTime(), MessageInfo::getTime);
                backUp(nats, "backup.request.here.notes.disk", "{\"snapshot\":\"fresh\"}", 2);
                restore(nats);
            }
        }
    }
}
