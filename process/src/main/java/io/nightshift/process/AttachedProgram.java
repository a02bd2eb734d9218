package io.nightshift.process;

/** Runs a program for the person at the terminal: it has the input and both outputs of this process, and no time limit. */
public final class AttachedProgram {
    private AttachedProgram() {}

    /**
     * Runs to the end. Ctrl-C reaches the program by itself; this process then waits until it has ended.
     *
     * @return its exit code; 128 + n where signal n ended it
     * @throws ProgramException if it could not start
     */
    public static int run(Command command) throws InterruptedException {
        var process = Start.startAttached(command);
        var hook = new Thread(() -> awaitEnd(process));
        Runtime.getRuntime().addShutdownHook(hook);
        int code = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending already, and the hook is at work.
        }
        return code;
    }

    private static void awaitEnd(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
