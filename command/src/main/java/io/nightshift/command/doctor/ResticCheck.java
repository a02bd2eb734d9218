package io.nightshift.command.doctor;

import io.nightshift.command.Surroundings;
import io.nightshift.contract.restic.ResticVersion;
import java.util.List;

/** The restic of this machine, which it needs where workers or {@code --direct} run on it. */
record ResticCheck(Surroundings around, Workers workers) implements Check {
    private static final String ADVICE = "install restic " + ResticVersion.LEAST
            + " or later (Debian 13 has 0.18), or set NIGHTSHIFT_WORKER_RESTIC to its path";

    @Override
    public List<Finding> look() throws InterruptedException {
        var program = around.variable("NIGHTSHIFT_WORKER_RESTIC").orElse("restic");
        var answer = Programs.ask(around.environment(), program, "version");
        if (!answer.good()) {
            return List.of(
                    workers.allAnswer()
                            ? Finding.ok(
                                    "restic", "is not on this machine; the workers that answer have one of their own")
                            : Finding.bad("restic", answer.last(), ADVICE));
        }
        return List.of(answer.words().stream()
                .flatMap(line -> ResticVersion.parse(line).stream())
                .findFirst()
                .map(ResticCheck::judge)
                .orElse(Finding.bad("restic", program + " says nothing of a version: " + answer.last(), ADVICE)));
    }

    private static Finding judge(ResticVersion version) {
        return version.compareTo(ResticVersion.LEAST) < 0
                ? Finding.bad("restic", version + " is too old", ADVICE)
                : Finding.ok("restic", "is " + version);
    }
}
