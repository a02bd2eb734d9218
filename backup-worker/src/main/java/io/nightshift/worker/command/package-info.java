/** The user's own commands around a backup. */
@NullMarked
package io.nightshift.worker.command;

import org.jspecify.annotations.NullMarked;
