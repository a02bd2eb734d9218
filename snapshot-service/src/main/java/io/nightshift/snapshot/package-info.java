/**
 * One instant of a host's data for each night: takes it, holds it while jobs need it, makes it readable and says so.
 *
 * <p>In: {@code backup.night.start}, {@code backup.snapshot.<host>.release}. Out: {@code backup.snapshot.<host>.ready} and
 * {@code .failed}. The rules are here; {@code zfs} and {@code copy} know how, {@code messaging} speaks NATS.
 */
@NullMarked
package io.nightshift.snapshot;

import org.jspecify.annotations.NullMarked;
