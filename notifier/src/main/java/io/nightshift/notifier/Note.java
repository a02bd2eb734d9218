package io.nightshift.notifier;

import io.nightshift.contract.TraceContext;
import java.time.Instant;
import java.util.Optional;

/**
 * A message for a person. Of any length: a channel cuts what it cannot take.
 *
 * @param body lines, the most important first
 * @param at when it happened
 * @param trace the night that it is about
 */
public record Note(String title, String body, Severity severity, Instant at, Optional<TraceContext> trace) {}
