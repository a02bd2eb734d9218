package io.nightshift.command.doctor;

import io.nightshift.process.Command;
import io.nightshift.process.ProgramException;
import io.nightshift.process.SystemProgramRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks programs of this machine. */
final class Programs {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int NOT_RUN = -1;

    private Programs() {}

    /** @param words what it said: its output, or where it failed, its last words */
    record Answer(int code, List<String> words) {
        boolean good() {
            return code == 0;
        }

        String last() {
            return words.isEmpty() ? "nothing was said" : words.get(words.size() - 1);
        }
    }

    static Answer ask(Map<String, String> environment, String... argv) throws InterruptedException {
        var lines = new ArrayList<String>();
        try {
            var command = Command.of(argv).withEnvironment(environment).withTimeout(LIMIT);
            var exit = new SystemProgramRunner().run(command, lines::add);
            return new Answer(
                    exit.code(),
                    exit.succeeded() ? lines : exit.stderrTail().strip().lines().toList());
        } catch (ProgramException e) {
            return new Answer(NOT_RUN, List.of(String.valueOf(e.getMessage())));
        }
    }
}
