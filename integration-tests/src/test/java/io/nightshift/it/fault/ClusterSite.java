package io.nightshift.it.fault;

import io.nightshift.it.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Folders, and a bus of three servers that keep every message and every key, as on a cluster of several nodes. */
class ClusterSite extends FolderSite {
    private static final int SERVERS = 3;

    /** What the shipped overlay sets, so that it is tried as it is. */
    private static final Path REPLICAS = Path.of("../deploy/kubernetes/overlays/several-nodes/application.properties");

    private final List<BusServer> others = new ArrayList<>();

    ClusterSite(Path folder) throws IOException, InterruptedException {
        super(folder);
    }

    /** The first of them, at which all services begin; it tells them of the others. */
    @Override
    BusServer bus(Path busFolder) throws IOException {
        var ports = new ArrayList<Integer>();
        for (int number = 0; number < SERVERS; number++) {
            ports.add(Background.freePort());
        }
        var routes =
                ports.stream().map(port -> "\"nats://127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
        for (int number = 1; number < SERVERS; number++) {
            others.add(server(busFolder, number, ports, routes));
        }
        return server(busFolder, 0, ports, routes);
    }

    private static BusServer server(Path busFolder, int number, List<Integer> ports, String routes) throws IOException {
        return new BusServer(
                busFolder.resolve(Integer.toString(number)), """
                server_name: faults-%d
                cluster { name: faults, listen: "127.0.0.1:%d", routes: [%s] }""".formatted(number, ports.get(number), routes));
    }

    @Override
    Map<String, String> settings() throws IOException {
        var replicas = new Properties();
        try (var file = Files.newBufferedReader(REPLICAS)) {
            replicas.load(file);
        }
        var settings = new HashMap<String, String>();
        replicas.stringPropertyNames().forEach(name -> settings.put(name, replicas.getProperty(name)));
        return settings;
    }

    @Override
    public void close() throws Exception {
        for (var server : others) {
            server.close();
        }
        super.close();
    }
}
