package io.nightshift.worker;

import io.nightshift.contract.fleet.Destination;

/** Makes sure that a destination is there, before restic could create a folder in its place. */
public interface Destinations {
    /** @throws JobFailedException if its folder is not there or not mounted */
    void require(Destination destination);
}
