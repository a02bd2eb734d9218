package io.nightshift.worker.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A host with services, a fleet file and repositories, in one folder; backups are made by restic alone. */
public final class RestoreFixture {
    public static final String HOST = "daedalus";
    public static final List<String> SERVICES = List.of(
            "app",
            "other",
            "broken",
            "slow",
            "spare",
            "database",
            "killed",
            "dry",
            "twice",
            "cancelled",
            "nothing",
            "looked",
            "empty",
            "odd",
            "busy",
            "linked",
            "named",
            "old");

    /** To a destination of their own; "b-never" was not backed up yet. */
    public static final List<String> HOUSEHOLD = List.of("a-first", "b-never", "c-last");

    public final Path folder;

    private final String snapshot;

    private RestoreFixture(Path folder, String snapshot) {
        this.folder = folder;
        this.snapshot = snapshot;
    }

    public static RestoreFixture create() {
        return create("snapshot: copy");
    }

    /** @param snapshot what the fleet file says of how the host keeps an instant */
    public static RestoreFixture create(String snapshot) {
        try {
            var fixture = new RestoreFixture(Files.createTempDirectory("nightshift rückweg "), snapshot);
            fixture.write();
            return fixture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() throws IOException {
        Files.createDirectories(folder.resolve("nas"));
        Files.createDirectories(folder.resolve("usb"));
        Files.createDirectories(restored());
        Files.writeString(folder.resolve("password"), "geheim\n");
        Files.setPosixFilePermissions(folder.resolve("password"), PosixFilePermissions.fromString("rw-------"));
        var services = new StringBuilder();
        SERVICES.forEach(service -> services.append(service(service, "usb")));
        HOUSEHOLD.forEach(service -> services.append(service(service, "local")));
        Files.writeString(folder.resolve("fleet.yaml"), """
                backup:
                  schedule: { zone: Australia/Sydney }
                  destinations:
                    local: { repository: "%1$s/nas/{host}/{service}", password-file: "%1$s/password" }
                    usb: { repository: "%1$s/usb/{host}/{service}", password-file: "%1$s/password" }
                  hosts:
                    daedalus:
                      %2$s
                      services:
                """.formatted(folder, snapshot) + services);
    }

    /** Its commands write down what they did; "broken" cannot be started. */
    private String service(String name, String without) {
        var start = name.equals("broken") ? "[sh, -c, 'echo kaputt >&2; exit 7']" : command("start", name);
        var slow = name.equals("slow") || name.equals("killed") ? "          limit-download: 300\n" : "";
        return """
                        %1$s:
                          paths: ["%2$s"]
                          destinations: { %6$s: { enabled: false } }
                %5$s          stop: [ { command: %3$s } ]
                          start: [ { command: %4$s, timeout: 1m } ]
                """.formatted(name, data(name), command("stop", name), start, slow, without)
                .indent(0);
    }

    private String command(String what, String service) {
        return "[sh, -c, 'echo %s $NIGHTSHIFT_RESTORE >> \"$0\"', \"%s\"]".formatted(what, calls(service));
    }

    private Path calls(String service) {
        return folder.resolve("calls-" + service);
    }

    /** What the commands of the service have done, in order: {@code stop <id>}. */
    public List<String> commands(String service) {
        try {
            return Files.exists(calls(service)) ? Files.readAllLines(calls(service)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path data(String service) {
        return folder.resolve("host").resolve(service);
    }

    public Path restored() {
        return folder.resolve("restored");
    }

    public Path repository(String service) {
        return folder.resolve(HOUSEHOLD.contains(service) ? "usb" : "nas")
                .resolve(HOST)
                .resolve(service);
    }

    /** Everything that a file system knows: modes, owners, times, links, holes, attributes, and odd names. */
    public void fill(String service) throws IOException {
        var data = data(service);
        Files.createDirectories(data.resolve("grö ße/leer"));
        Files.writeString(data.resolve("a"), "first");
        Files.writeString(data.resolve("new\nline"), "n");
        Files.writeString(data.resolve("x*y[z]"), "star");
        Files.writeString(data.resolve("xAyz"), "not the star");
        Files.createSymbolicLink(data.resolve("link"), Path.of("no/where"));
        Files.createLink(data.resolve("hard"), data.resolve("a"));
        try (var sparse = Files.newByteChannel(
                data.resolve("holes"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            sparse.position(8 << 20).write(ByteBuffer.wrap("end".getBytes(StandardCharsets.US_ASCII)));
        }
        var odd = data.resolve("grö ße/ä\"'\\");
        Files.writeString(odd, "odd");
        Files.getFileAttributeView(odd, UserDefinedFileAttributeView.class)
                .write("origin", StandardCharsets.UTF_8.encode("dort"));
        Files.setAttribute(odd, "unix:uid", 1234);
        Files.setAttribute(odd, "unix:gid", 2345);
        Files.setPosixFilePermissions(odd, PosixFilePermissions.fromString("rw-r-----"));
        Files.setLastModifiedTime(odd, FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z")));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setLastModifiedTime(data, FileTime.from(Instant.parse("2002-02-03T04:05:06Z")));
    }

    /** Everything that can be said of what is below a folder, by path. */
    public static TreeMap<String, String> describe(Path top) throws IOException {
        var described = new TreeMap<String, String>();
        try (var paths = Files.walk(top)) {
            for (var path : paths.toList()) {
                described.put("/" + top.relativize(path), describeOne(path));
            }
        }
        return described;
    }

    private static String describeOne(Path path) throws IOException {
        var all = new TreeMap<>(
                Files.readAttributes(path, "unix:mode,uid,gid,size,lastModifiedTime,nlink", LinkOption.NOFOLLOW_LINKS));
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            all.remove("size");
        }
        var content = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? Arrays.hashCode(Files.readAllBytes(path)) + " "
                        + Files.getFileAttributeView(path, UserDefinedFileAttributeView.class)
                                .list()
                : Files.isSymbolicLink(path) ? Files.readSymbolicLink(path).toString() : "";
        return all + " " + content;
    }

    /** As a backup at that time has stored it: under the paths of the host. */
    public void backUp(String service, String time) throws Exception {
        if (!Files.exists(repository(service))) {
            restic(service, "init", "-q");
        }
        restic(
                service,
                "backup",
                "-q",
                "--host",
                HOST,
                "--time",
                time,
                data(service).toString());
    }

    public String restic(String service, String... arguments) throws Exception {
        var command =
                new ArrayList<>(List.of("restic", "-r", repository(service).toString()));
        command.addAll(List.of("--password-file", folder.resolve("password").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TZ", "UTC");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
        return said;
    }
}
