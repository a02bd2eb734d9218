package io.nightshift.it.fault;

import io.nightshift.contract.Target;
import io.nightshift.it.Background;
import io.nightshift.it.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** One service, and two servers as destinations: one speaks S3, the other restic's own REST protocol. */
final class ServerSite extends Site {
    private static final Target CLOUD = Target.parse("here/files/cloud");
    private static final Target NAS = Target.parse("here/files/nas");
    private static final String SECRET = "the right key";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final int restPort = Background.freePort();
    private final S3Server s3;
    private final Background rest;
    private final Forwarder wayToS3;

    ServerSite(Path folder) throws Exception {
        super(folder);
        Assumptions.assumeTrue(
                Programs.run(Map.of(), List.of("which", "restic-rest-server")).code() == 0,
                "restic-rest-server is not on the PATH");
        s3 = S3Server.start(folder, SECRET);
        wayToS3 = new Forwarder(s3.port());
        rest = Background.start(
                folder("rest.log"),
                Map.of(),
                List.of(
                        "restic-rest-server",
                        "--no-auth",
                        "--path",
                        folder("nas").toString(),
                        "--listen",
                        "127.0.0.1:" + restPort));
        awaitAnswer(rest, restPort);
        writeKey(SECRET);
        writeFleet(NEVER, """
                  destinations:
                    cloud:
                      repository: "s3:http://127.0.0.1:PORT/backups/{host}/{service}"
                      password-file: "FOLDER/password"
                      env-file: "FOLDER/s3.env"
                    nas: { repository: "rest:http://127.0.0.1:REST/{host}/{service}/", password-file: "FOLDER/password" }
                  hosts:
                    here:
                      purpose: production
                      snapshot: copy
                      services:
                        files: { paths: ["FOLDER/data/files"] }
                """.replace("PORT", "" + wayToS3.port()).replace("REST", "" + restPort));
    }

    private static void awaitAnswer(Background server, int port) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        server.await(
                START_LIMIT,
                () -> HttpClient.newHttpClient()
                                .send(request, BodyHandlers.discarding())
                                .statusCode()
                        > 0);
    }

    /** The worker reads it anew for each job. */
    void writeKey(String key) throws IOException {
        io.nightshift.it.Programs.secret(
                folder("s3.env"), "AWS_ACCESS_KEY_ID=nightshift\nAWS_SECRET_ACCESS_KEY=" + key + "\n");
    }

    Forwarder wayToS3() {
        return wayToS3;
    }

    /** Takes connections, and neither reads nor answers. */
    void hangRest() throws IOException, InterruptedException {
        Programs.run("kill", "-STOP", Long.toString(rest.pid()));
    }

    @Override
    void mend() throws Exception {
        writeKey(SECRET);
        wayToS3.mend();
        Programs.run("kill", "-CONT", Long.toString(rest.pid()));
    }

    @Override
    List<Target> targets() {
        return List.of(CLOUD, NAS);
    }

    @Override
    Map<String, String> restic(Target target) {
        var environment = new HashMap<>(Map.of(
                "RESTIC_PASSWORD_FILE",
                folder("password").toString(),
                "RESTIC_CACHE_DIR",
                folder("cache").toString(),
                "AWS_ACCESS_KEY_ID",
                "nightshift",
                "AWS_SECRET_ACCESS_KEY",
                SECRET));
        environment.put(
                "RESTIC_REPOSITORY",
                target.equals(CLOUD)
                        ? "s3:" + s3.url() + "/backups/here/files"
                        : "rest:http://127.0.0.1:" + restPort + "/here/files/");
        return environment;
    }

    @Override
    Map<String, String> workerSettings() {
        return Map.of(
                "nightshift.worker.destinations", "cloud,nas",
                "nightshift.worker.contact-limit", "PT6S",
                "nightshift.worker.stall-limit", "PT6S");
    }

    @Override
    public void close() throws Exception {
        mend();
        wayToS3.close();
        rest.close();
        s3.close();
    }
}
