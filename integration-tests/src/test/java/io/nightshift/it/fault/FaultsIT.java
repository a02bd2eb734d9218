package io.nightshift.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Does everything that can go wrong to real services, and lets the judge say which promises were broken. Without settings, a
 * part for a few minutes, chosen by a seed that is printed; {@code -Dfaults.minutes=0} does all, in their order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
    private static final int MINUTES = Integer.getInteger("faults.minutes", 1);
    /** The same part in every build, until all have been run often enough to fail for a reason of their own alone. */
    private static final long SEED = Long.getLong("faults.seed", 4711);
    /** A pattern of names and steps: only these. */
    private static final String ONLY = System.getProperty("faults.only", "");

    private static final Path SAVED = Path.of("target/faults").toAbsolutePath();

    private final List<String> table = new ArrayList<>();
    private final long begun = System.nanoTime();
    private Path folder;
    private Stage stage;

    @BeforeAll
    void programs() throws Exception {
        for (var program : List.of("restic", "nats-server")) {
            boolean found = Arrays.stream(System.getenv("PATH").split(":"))
                    .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
            assertThat(found || !"true".equals(System.getenv("CI")))
                    .as(program + " is on the PATH")
                    .isTrue();
            Assumptions.assumeTrue(found, program + " is not on the PATH; run the tests by deploy/local/test");
        }
        Files.createDirectories(SAVED);
        folder = Files.createTempDirectory("faults ü ");
    }

    @TestFactory
    Stream<DynamicTest> every_promise_is_kept() {
        var faults = new ArrayList<>(Faults.all());
        faults.removeIf(fault -> !fault.title().matches(".*(" + ONLY + ").*"));
        if (MINUTES > 0) {
            Collections.shuffle(faults, new Random(SEED));
            System.out.println("faults: the order is that of -Dfaults.seed=" + SEED);
        }
        return faults.stream().map(fault -> DynamicTest.dynamicTest(fault.title(), () -> run(fault)));
    }

    private void run(Fault fault) throws Exception {
        boolean inTime = MINUTES == 0
                || System.nanoTime() - begun < Duration.ofMinutes(MINUTES).toNanos();
        Assumptions.assumeTrue(inTime, "not in this part");
        if (stage == null) {
            stage = soundStage();
        }
        long start = System.nanoTime();
        var before = stage.ends();
        boolean good = false;
        boolean known = false;
        try {
            fault.action().on(stage);
            stage.mend();
            var broken = stage.judged();
            assertThat(broken).as(fault.title()).allMatch(fault::isKnown);
            known = !broken.isEmpty();
            good = true;
        } finally {
            var outcome = stage.outcome(before);
            note(
                    fault,
                    !good
                            ? "BROKEN, " + outcome
                            : known ? outcome + "; known: a job " + fault.open().get() : outcome,
                    start);
            if (!good || known) {
                save(fault);
            }
        }
    }

    /** Where nothing succeeds without a fault, no promise can be broken by one: then every fault would pass. */
    private Stage soundStage() throws Exception {
        var made = new Stage(Files.createTempDirectory(folder, "stage"));
        try {
            made.awaitEnds(made.begin());
            assertThat(made.outcome(List.of()))
                    .as("a night without a fault")
                    .isEqualTo(Stage.TARGETS.size() + " succeeded");
            return made;
        } catch (Exception | AssertionError e) {
            made.close();
            throw e;
        }
    }

    private void note(Fault fault, String outcome, long start) {
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        table.add("| " + fault.name() + " | " + fault.step() + " | " + outcome + " | " + seconds + " |");
        System.out.println("faults: " + table.get(table.size() - 1));
    }

    /** The next fault gets a stage of its own. */
    private void save(Fault fault) throws Exception {
        var name = fault.title().replaceAll("[^A-Za-z0-9]+", "-");
        stage.history().save(SAVED.resolve(name + ".jsonl"));
        stage.keepLogs(SAVED.resolve(name));
        stage.close();
        stage = null;
    }

    @AfterAll
    void end() throws Exception {
        System.out.println("| fault | step | outcome | s |\n|---|---|---|---|");
        table.forEach(System.out::println);
        if (stage != null) {
            stage.close();
        }
        if (folder != null) {
            Programs.run("rm", "-rf", folder.toString());
        }
    }
}
