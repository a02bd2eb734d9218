/** What the tests of several modules need to run programs. */
@NullMarked
package io.nightshift.process.testing;

import org.jspecify.annotations.NullMarked;
