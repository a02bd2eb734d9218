/** Limits of settings, of which more than one service has the same. */
@NullMarked
package io.nightshift.contract.setting;

import org.jspecify.annotations.NullMarked;
