import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Watches which connections the pods of a cluster of one node, this machine, begin, and prints each kind of them once: whether the cluster's
 * NetworkPolicies allow it, who begins it, to whom, on which port. Where nothing enforces them, this is how one is found that would break Nightshift
 * elsewhere. Run by {@code site.sh} as a source file, until it is ended. What the node begins is not judged: no policy holds off a kubelet.
 */
public final class Connections {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the kernel has tracked, after Services: the first source, and whose answers are expected. A TCP connection stays for two minutes after its end. */
    private static final Pattern TRACKED =
            Pattern.compile(" (tcp|udp) .*?src=(\\S+) .*?sport=(\\d+) .*?src=(\\S+) .*?sport=(\\d+)");

    private static final int PAUSE_MILLIS = 2000;

    /** The API tells a pod's address some seconds late: it may still be known as that of a pod which is gone. */
    private static final int LOOKS = 8;

    record Connection(String protocol, String from, int fromPort, String to, int port) {
        static Connection of(Matcher line) {
            return new Connection(
                    line.group(1).toUpperCase(), line.group(2), Integer.parseInt(line.group(3)), line.group(4), Integer.parseInt(line.group(5)));
        }
    }

    /** By address; pods that are gone keep theirs until another one has it. */
    private final Map<String, JsonNode> pods = new HashMap<>();

    private final Map<String, JsonNode> namespaces = new HashMap<>();
    private List<JsonNode> policies = List.of();
    private final Set<String> printed = new HashSet<>();

    public static void main(String[] arguments) throws Exception {
        new Connections().watch();
    }

    private void watch() throws IOException, InterruptedException {
        var seen = tracked();
        var waiting = new HashMap<Connection, Integer>();
        while (true) {
            var found = tracked();
            found.stream().filter(seen::add).forEach(connection -> waiting.put(connection, 0));
            ask();
            waiting.entrySet().removeIf(each -> isJudged(each.getKey(), each.getValue()));
            waiting.replaceAll((connection, looks) -> looks + 1);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private boolean isJudged(Connection connection, int looks) {
        var allowed = isAllowed(connection);
        if (allowed || looks == LOOKS) {
            var line = (allowed ? "allowed" : "REFUSED") + "\t" + name(connection.from) + "\t" + name(connection.to) + "\t" + connection.port + "/"
                    + connection.protocol;
            if (printed.add(line)) {
                System.out.println(line);
            }
            return true;
        }
        return false;
    }

    private boolean isAllowed(Connection connection) {
        var from = pods.get(connection.from);
        var to = pods.get(connection.to);
        return from != null
                && isAllowed("Egress", "egress", "to", from, to, to, connection)
                && (to == null || isAllowed("Ingress", "ingress", "from", to, from, to, connection));
    }

    /** Whom no policy selects is free; whom some select is let by any rule of any of them. */
    private boolean isAllowed(String type, String rules, String peers, JsonNode pod, JsonNode other, JsonNode to, Connection connection) {
        var selecting = policies.stream()
                .filter(policy -> namespace(policy).equals(namespace(pod))
                        && has(policy.at("/spec/policyTypes"), type)
                        && selects(policy.at("/spec/podSelector"), pod))
                .toList();
        return selecting.isEmpty()
                || selecting.stream()
                        .anyMatch(policy -> any(policy.at("/spec/" + rules), rule -> isOf(rule.path(peers), policy, other)
                                && isOn(rule.path("ports"), to, connection)));
    }

    private boolean isOf(JsonNode peers, JsonNode policy, JsonNode other) {
        return peers.isEmpty() || any(peers, peer -> isOne(peer, policy, other));
    }

    private boolean isOne(JsonNode peer, JsonNode policy, JsonNode other) {
        if (peer.has("ipBlock")) {
            throw new IllegalStateException("not understood: " + peer);
        }
        return other != null
                && (peer.has("namespaceSelector")
                        ? selects(peer.path("namespaceSelector"), namespaces.get(namespace(other)))
                        : namespace(policy).equals(namespace(other)))
                && selects(peer.path("podSelector"), other);
    }

    private static boolean isOn(JsonNode ports, JsonNode to, Connection connection) {
        return ports.isEmpty()
                || any(ports, port -> port.path("protocol").asText("TCP").equals(connection.protocol)
                        && (port.path("port").isInt()
                                ? port.path("port").asInt() == connection.port
                                : to != null && any(to.at("/spec/containers"), container -> any(container.path("ports"), its ->
                                        its.path("name").asText().equals(port.path("port").asText())
                                                && its.path("containerPort").asInt() == connection.port))));
    }

    /** An empty one selects all. */
    private static boolean selects(JsonNode selector, JsonNode thing) {
        var labels = thing.at("/metadata/labels");
        return selector.path("matchLabels").properties().stream().allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && !any(selector.path("matchExpressions"), expression -> !holds(expression, labels));
    }

    private static boolean holds(JsonNode expression, JsonNode labels) {
        if (!expression.path("operator").asText().equals("In")) {
            throw new IllegalStateException("not understood: " + expression);
        }
        return has(expression.path("values"), labels.path(expression.path("key").asText()).asText());
    }

    private static boolean has(JsonNode array, String word) {
        return any(array, each -> each.asText().equals(word));
    }

    private static boolean any(JsonNode array, Predicate<JsonNode> condition) {
        return StreamSupport.stream(array.spliterator(), false).anyMatch(condition);
    }

    private static String namespace(JsonNode thing) {
        return thing.at("/metadata/namespace").asText();
    }

    private String name(String address) {
        var pod = pods.get(address);
        if (pod == null) {
            return "nobody";
        }
        var labels = pod.at("/metadata/labels");
        return labels.path("app.kubernetes.io/name").asText(labels.path("app").asText());
    }

    // --- what there is

    /** Without those that this machine begins. */
    private static Set<Connection> tracked() throws IOException {
        var own = new HashSet<String>();
        for (var network : NetworkInterface.networkInterfaces().toList()) {
            network.inetAddresses().forEach(address -> own.add(address.getHostAddress()));
        }
        var found = new HashSet<Connection>();
        for (var line : Files.readAllLines(Path.of("/proc/net/nf_conntrack"))) {
            var matcher = TRACKED.matcher(line);
            if (matcher.find() && !own.contains(matcher.group(2))) {
                found.add(Connection.of(matcher));
            }
        }
        return found;
    }

    private void ask() throws IOException {
        var kubectl = new ProcessBuilder("kubectl", "get", "namespaces,pods,networkpolicies", "--all-namespaces", "--output", "json")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var items = JSON.readTree(kubectl.getInputStream()).path("items");
        var found = new ArrayList<JsonNode>();
        for (var item : items) {
            switch (item.path("kind").asText()) {
                case "Namespace" -> namespaces.put(item.at("/metadata/name").asText(), item);
                case "NetworkPolicy" -> found.add(item);
                default -> item.at("/status/podIPs").forEach(address -> pods.put(address.path("ip").asText(), item));
            }
        }
        policies = found;
    }
}
