/** Who may use the page and the API: whoever has the token, or, where there is none, whoever is on this machine. */
@NullMarked
package io.nightshift.scheduler.access;

import org.jspecify.annotations.NullMarked;
