package io.nightshift.worker.restore;

/**
 * What a restore will do; nothing has been touched yet.
 *
 * @param files and {@code bytes}: that are to be there in the end
 */
record Plan(Place place, long files, long bytes) {}
