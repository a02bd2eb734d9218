package io.nightshift.command.doctor;

import java.util.List;

/** One look at something. It changes nothing, and blocks for as long as it takes. */
interface Check {
    List<Finding> look() throws InterruptedException;
}
