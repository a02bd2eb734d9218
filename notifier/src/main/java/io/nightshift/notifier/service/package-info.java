/** Joins the parts, starts and stops them, and says how they are. */
@NullMarked
package io.nightshift.notifier.service;

import org.jspecify.annotations.NullMarked;
