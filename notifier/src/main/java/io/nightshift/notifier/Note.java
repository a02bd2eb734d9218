package io.nightshift.notifier;

import java.time.Instant;

/**
 * A message for a person. Of any length: a channel cuts what it cannot take.
 *
 * @param body lines, the most important first
 * @param at when it happened
 */
public record Note(String title, String body, Severity severity, Instant at) {}
