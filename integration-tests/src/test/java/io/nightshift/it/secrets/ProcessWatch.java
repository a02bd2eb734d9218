package io.nightshift.it.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at the arguments, the environment and the core limit of every process that this one has begun since, again and again, so
 * that restic, which lives for a second, is seen too.
 */
final class ProcessWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 5;
    private static final Set<String> HOLDERS = Set.of("java", "nats-server", "restic");
    private static final Pattern NO_CORE = Pattern.compile("(?m)^Max core file size +0 ");

    private final KnownSecrets secrets;
    private final Set<String> allowedOfRestic;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> programs = ConcurrentHashMap.newKeySet();
    private final Set<String> findings = ConcurrentHashMap.newKeySet();
    private final Set<Long> before = descendants().collect(Collectors.toSet());
    private final Thread thread = new Thread(this::watch, "process-watch");
    private volatile boolean ended;

    /** @param allowedOfRestic secrets that restic's own environment may have: it reads them from nowhere else */
    ProcessWatch(KnownSecrets secrets, Set<String> allowedOfRestic) {
        this.secrets = secrets;
        this.allowedOfRestic = allowedOfRestic;
        thread.setDaemon(true);
        thread.start();
    }

    private static Stream<Long> descendants() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid);
    }

    private void watch() {
        try {
            while (!ended) {
                descendants().filter(pid -> !before.contains(pid)).forEach(this::look);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(long pid) {
        try {
            var folder = Path.of("/proc", Long.toString(pid));
            var arguments = Files.readAllBytes(folder.resolve("cmdline"));
            var environment = Files.readAllBytes(folder.resolve("environ"));
            var text = new String(arguments, StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
            if (!text.isEmpty() && known.add(pid + " " + text + new String(environment, StandardCharsets.ISO_8859_1))) {
                judge(pid, text, arguments, environment, Files.readString(folder.resolve("limits")));
            }
        } catch (IOException e) {
            // It has ended meanwhile.
        }
    }

    private void judge(long pid, String text, byte[] arguments, byte[] environment, String limits) {
        var program = program(text);
        programs.add(program);
        findings.addAll(secrets.findings("the arguments of " + program + " (" + pid + ")", arguments));
        var allowed = program.equals("restic") ? allowedOfRestic : Set.<String>of();
        secrets.in(environment).stream()
                .filter(Predicate.not(allowed::contains))
                .forEach(name -> findings.add(name + " is in the environment of " + program + " (" + pid + ")"));
        if (HOLDERS.contains(program) && !NO_CORE.matcher(limits).find()) {
            findings.add(program + " (" + pid + ") may write a core file, with all secrets that it has in memory");
        }
    }

    private static String program(String commandLine) {
        return commandLine.split(" ", 2)[0].replaceFirst(".*/", "");
    }

    /** Those that were seen, by the name of the program. */
    Set<String> programs() {
        return new TreeSet<>(programs);
    }

    List<String> findings() {
        return findings.stream().sorted().toList();
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
