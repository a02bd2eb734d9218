/** All services as processes, killed, frozen and flooded; what they did is recorded and judged. */
@NullMarked
package io.nightshift.it.fault;

import org.jspecify.annotations.NullMarked;
