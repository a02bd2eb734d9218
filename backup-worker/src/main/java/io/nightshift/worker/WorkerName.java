package io.nightshift.worker;

/** Tells this worker from any other: {@code <host name>-<process id>}. */
public record WorkerName(String value) {}
