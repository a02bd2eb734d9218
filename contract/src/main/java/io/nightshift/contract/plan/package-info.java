/** What a fleet file will do, and when: by rules alone, so that everybody comes to the same. */
@NullMarked
package io.nightshift.contract.plan;

import org.jspecify.annotations.NullMarked;
