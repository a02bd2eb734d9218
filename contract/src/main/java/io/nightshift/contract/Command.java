package io.nightshift.contract;

/**
 * A message that asks for something to be done. {@link Wire} reads it strictly, for what is only half understood must not be
 * done; so a new field has to reach those who read it before those who write it.
 */
public interface Command {}
