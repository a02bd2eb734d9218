package io.nightshift.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;

/**
 * Does everything that can go wrong to real services, and lets the judge say which promises were broken. Without settings, a
 * part for a few minutes, chosen by a seed that is printed; {@code -Dfaults.minutes=0} does all, in their order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
    private static final int MINUTES = Integer.getInteger("faults.minutes", 2);
    private static final long SEED = Long.getLong("faults.seed", new Random().nextInt(1_000_000));
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
            System.out.println("faults: " + MINUTES + " minutes in the order of -Dfaults.seed=" + SEED);
        }
        return bySite(faults).map(fault -> DynamicTest.dynamicTest(fault.title(), () -> run(fault)));
    }

    /** A stage takes half a minute to make, so that it is used for as long as it will do. */
    private static Stream<Fault> bySite(List<Fault> faults) {
        return faults.stream()
                .collect(Collectors.groupingBy(Fault::site, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(List::stream);
    }

    private void run(Fault fault) throws Exception {
        boolean inTime = MINUTES == 0
                || System.nanoTime() - begun < Duration.ofMinutes(MINUTES).toNanos();
        Assumptions.assumeTrue(inTime, "not in this part");
        long start = System.nanoTime();
        var outcome = "no stage";
        try {
            prepare(fault.site());
            var before = stage.ends();
            outcome = "no end";
            var broken = broken(fault);
            outcome = stage.outcome(before);
            assertThat(broken).as(fault.title()).isEmpty();
            assertThat(outcome).as(fault.title()).matches(fault.ends());
        } catch (TestAbortedException e) {
            outcome = "not done here: " + e.getMessage();
            throw e;
        } catch (Exception | AssertionError e) {
            outcome = "BROKEN, " + outcome;
            save(fault);
            throw e;
        } finally {
            note(fault, outcome, start);
        }
    }

    private List<String> broken(Fault fault) throws Exception {
        try {
            fault.action().on(stage);
        } catch (ConditionTimeoutException e) {
            // What was waited for may not have come because a promise was broken.
            stage.mend();
            assertThat(stage.judged()).as(fault.title() + ", " + e.getMessage()).isEmpty();
            throw e;
        } finally {
            stage.mend();
        }
        return stage.judged();
    }

    private void prepare(Site.Kind site) throws Exception {
        if (stage != null && (stage.kind() != site || site.isForOne())) {
            stage.close();
            stage = null;
        }
        if (stage == null) {
            stage = soundStage(site);
        }
    }

    /** Where nothing succeeds without a fault, no promise can be broken by one: then every fault would pass. */
    private Stage soundStage(Site.Kind site) throws Exception {
        var made = new Stage(Files.createTempDirectory(folder, "stage"), site);
        try {
            made.night();
            assertThat(made.outcome(List.of()))
                    .as("a night without a fault")
                    .isEqualTo(made.site().targets().size() + " succeeded");
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
        if (stage == null) {
            return;
        }
        var name = fault.title().replaceAll("[^A-Za-z0-9]+", "-");
        stage.history().save(SAVED.resolve(name + ".jsonl"));
        stage.machine().keepLogs(SAVED.resolve(name));
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
