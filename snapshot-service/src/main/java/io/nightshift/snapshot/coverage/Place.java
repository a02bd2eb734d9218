package io.nightshift.snapshot.coverage;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Something that holds data, and that services could back up: a dataset, or a folder that the fleet file names.
 *
 * @param name as the fleet file would name it: a dataset, or an absolute path
 * @param mountpoint where it is on the host; empty: nowhere
 * @param readable where its content can be listed; empty: nowhere
 * @param root whether its folders are judged one by one, rather than all of it together
 * @param hasData whether there is something in it, where its content cannot be listed
 */
public record Place(String name, Optional<Path> mountpoint, Optional<Path> readable, boolean root, boolean hasData) {}
