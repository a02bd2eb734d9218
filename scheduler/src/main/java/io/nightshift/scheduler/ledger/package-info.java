/** What was begun and how far it is: what a restart must know. */
@NullMarked
package io.nightshift.scheduler.ledger;

import org.jspecify.annotations.NullMarked;
