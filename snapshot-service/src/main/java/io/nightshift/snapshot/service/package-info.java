/** Puts the parts together, and the work that no message asks for. */
@NullMarked
package io.nightshift.snapshot.service;

import org.jspecify.annotations.NullMarked;
