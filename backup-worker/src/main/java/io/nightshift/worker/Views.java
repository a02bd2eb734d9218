package io.nightshift.worker;

import io.nightshift.contract.event.Job;
import java.nio.file.Path;
import java.util.List;

/** Finds what a job reads from, and makes sure that it is what the job names. */
public interface Views {
    /** @throws JobFailedException if it is another ZFS snapshot, or a path is missing or empty in it */
    View open(Job.Backup job) throws InterruptedException;

    /** Cannot be unmounted until it is closed. */
    interface View extends AutoCloseable {
        /** Where restic runs. */
        Path root();

        /** Below the root, in the order of the job; never beginning with {@code /}. */
        List<String> paths();

        /** What a path of the host, absolute, is called in here. */
        String inside(String hostPath);

        /** What a path in here, absolute, is called on the host: the name that its owner knows. */
        String onHost(String path);

        /**
         * To be asked when restic has ended: what is open cannot be destroyed, but a person can put another in its place.
         *
         * @throws JobFailedException if it is no longer what the job names
         */
        void requireUnchanged() throws InterruptedException;

        @Override
        void close();
    }
}
