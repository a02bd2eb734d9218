/** What a night does and when: jobs, due times, upkeep nights and what is switched off. Pure functions of the fleet file. */
@NullMarked
package io.nightshift.scheduler.plan;

import org.jspecify.annotations.NullMarked;
