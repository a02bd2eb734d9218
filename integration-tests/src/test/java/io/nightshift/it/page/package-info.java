/** The page in a real browser. */
@NullMarked
package io.nightshift.it.page;

import org.jspecify.annotations.NullMarked;
