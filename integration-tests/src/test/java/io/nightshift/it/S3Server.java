package io.nightshift.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** S3Proxy on a folder: a server that speaks S3, and checks who asks, as {@code nightshift} with a secret key. */
public final class S3Server implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int REFUSED = 403;

    private final int port;
    private final Background process;

    private S3Server(int port, Background process) {
        this.port = port;
        this.process = process;
    }

    /** Started when it refuses somebody without a name: so it is up, and does check. */
    public static S3Server start(Path work, String secretKey) throws Exception {
        int port = Background.freePort();
        var url = url(port);
        var settings = Files.writeString(
                work.resolve("s3proxy.conf"),
                """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=nightshift
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                jclouds.identity=unused
                jclouds.credential=unused
                """.formatted(url, secretKey, Files.createDirectory(work.resolve("s3"))),
                StandardCharsets.ISO_8859_1); // as properties are read
        var process = Background.start(work.resolve("s3proxy.log"), Map.of(), command(settings));
        var request = HttpRequest.newBuilder(URI.create(url + "/")).build();
        var client = HttpClient.newHttpClient();
        process.await(
                START_LIMIT,
                () -> client.send(request, BodyHandlers.discarding()).statusCode() == REFUSED);
        return new S3Server(port, process);
    }

    private static List<String> command(Path settings) {
        var jars = Path.of("target", "s3proxy").toAbsolutePath();
        var classPath =
                jars.resolve("jackson-annotations.jar") + ":" + jars.resolve("s3proxy-jar-with-dependencies.jar");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-DLOG_LEVEL=warn",
                "-cp",
                classPath,
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString());
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public String url() {
        return url(port);
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
