package io.nightshift.scheduler.ledger;

import io.nightshift.contract.JobId;
import java.time.Instant;

/** What is kept at hand of a job that has ended: there are many. */
public record EndedJob(JobId id, Instant due, String state) {}
