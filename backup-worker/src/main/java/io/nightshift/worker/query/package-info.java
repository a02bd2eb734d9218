/** Tells what is in a repository, without getting in the way of anything that changes it. */
@NullMarked
package io.nightshift.worker.query;

import org.jspecify.annotations.NullMarked;
