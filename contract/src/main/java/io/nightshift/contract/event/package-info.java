/** The messages of the bus: facts in the past tense, and the few commands. Each has an example file, which is its schema. */
@NullMarked
package io.nightshift.contract.event;

import org.jspecify.annotations.NullMarked;
