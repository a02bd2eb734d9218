package io.nightshift.contract.fleet;

import java.util.List;
import java.util.SortedMap;

/**
 * An app with data.
 *
 * @param paths absolute and normal
 * @param backups one for each destination, by its name
 */
public record Service(String name, boolean enabled, List<String> paths, SortedMap<String, ServiceBackup> backups) {}
