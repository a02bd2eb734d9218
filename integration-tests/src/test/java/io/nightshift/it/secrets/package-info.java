/** Everything runs with secrets that are known, and nobody but their files has them. */
@NullMarked
package io.nightshift.it.secrets;

import org.jspecify.annotations.NullMarked;
