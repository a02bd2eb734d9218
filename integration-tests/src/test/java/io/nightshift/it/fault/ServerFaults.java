package io.nightshift.it.fault;

import io.nightshift.it.fault.ResticWrapper.Order;
import java.util.List;

/** What can happen to servers that restic writes to. */
final class ServerFaults {
    private static final String UNAVAILABLE =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    static final List<Fault> FAULTS = List.of(
            new Fault("S3 refuses the key", "for a whole night", ServerFaults::wrongKey)
                    .ending("1 failed, 3 succeeded")
                    .to(Site.Kind.SERVERS),
            new Fault("S3 answers 503", "until a job has given up", ServerFaults::unavailable).to(Site.Kind.SERVERS),
            new Fault("REST server hangs", "as restic begins to read", ServerFaults::hanging).to(Site.Kind.SERVERS));

    private ServerFaults() {}

    private static void wrongKey(Stage stage) throws Exception {
        stage.servers().writeKey("a wrong key");
        stage.night();
        stage.site().mend();
        stage.judged();
        stage.night();
    }

    private static void unavailable(Stage stage) throws Exception {
        stage.servers().wayToS3().answer(UNAVAILABLE);
        var night = stage.begin();
        stage.awaitCause("destination-unreachable", night);
        stage.site().mend();
        stage.awaitEnds(night);
    }

    private static void hanging(Stage stage) throws Exception {
        stage.restic().next(Order.BEFORE, "backup", "rest:");
        var night = stage.begin();
        stage.restic().awaitHeld();
        stage.servers().hangRest();
        stage.restic().letGo();
        stage.awaitCause("stalled", night);
        stage.site().mend();
        stage.awaitEnds(night);
    }
}
