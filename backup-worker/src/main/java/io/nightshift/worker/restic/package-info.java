/** restic: its arguments, its output, and what its exit codes mean. */
@NullMarked
package io.nightshift.worker.restic;

import org.jspecify.annotations.NullMarked;
