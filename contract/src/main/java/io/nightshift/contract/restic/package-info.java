/** What everybody must know of restic who runs it on the fleet's repositories: its version, its files of secrets, its environment. */
@NullMarked
package io.nightshift.contract.restic;

import org.jspecify.annotations.NullMarked;
