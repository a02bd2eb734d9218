package io.nightshift.contract.fleet;

import java.util.List;
import java.util.SortedMap;

/**
 * What of a host should be backed up by some service, and what need not be.
 *
 * @param roots where to look beside the host's datasets: datasets; with copies, absolute paths
 * @param notBackedUp absolute paths and datasets, each with all below it, and why that is fine
 */
public record Coverage(List<String> roots, SortedMap<String, String> notBackedUp) {}
