package io.nightshift.snapshot.zfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.Target;
import io.nightshift.process.Exit;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SafeguardName;
import io.nightshift.snapshot.SnapshotException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With what {@code zfs list} and the kernel say of a host; {@link ZfsInVm} has the real ones. */
class ZfsSafeguardsTest {
    private static final String DATASETS = """
            backup/persist\ton\t/persist
            tank/persist\ton\t/persist
            tank/persist/apps\ton\t/persist/apps
            tank/persist/manual\tnoauto\t/persist/apps/manual
            tank/vault\ton\t/persist/apps/vault
            """;
    private static final String MOUNTS = """
            29 1 0:24 / / rw - ext4 /dev/sda rw
            35 29 0:32 / /persist rw - zfs tank/persist rw
            36 35 0:33 / /persist/apps rw - zfs tank/persist/apps rw
            """;

    @ParameterizedTest
    @ValueSource(strings = {"/persist", "/persist/apps", "/persist/apps/vault", "/persist/apps/vault/mail"})
    void what_would_be_hidden_later_is_refused(String path) {
        assertThatThrownBy(() -> take(path))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("tank/vault, whose place is /persist/apps/vault, is not mounted");
    }

    @Test
    void what_is_beside_it_is_not_nor_what_is_mounted_by_hand_or_below_a_replica_s_place() throws Exception {
        assertThat(take("/persist/apps/manual")).containsExactly("tank/persist/apps");
        assertThat(take("/persist/apps/vault2")).containsExactly("tank/persist/apps");
        assertThat(take("/persist/other")).containsExactly("tank/persist");
    }

    private static List<String> take(String path) throws InterruptedException {
        var programs = new Programs(
                (command, out, err) -> {
                    String columns = command.argv().get(command.argv().indexOf("-o") + 1);
                    DATASETS.lines()
                            .map(line -> line.split("\t"))
                            .map(column -> columns.equals("name,canmount,mountpoint")
                                    ? String.join("\t", column)
                                    : column[0] + "\t" + column[2])
                            .filter(line -> !command.argv().contains("snapshot"))
                            .forEach(out);
                    return new Exit(0, "", Duration.ZERO);
                },
                Duration.ofMinutes(1));
        var mounts = Mounts.parse(MOUNTS.getBytes(UTF_8));
        return new ZfsSafeguards(
                        List.of("tank/persist"), programs, InstantSource.system(), Duration.ofDays(14), () -> mounts)
                        .take(
                                SafeguardName.of(new Target("daedalus", "app", "local"), "mine"),
                                List.of(Path.of(path)),
                                true)
                        .zfsSnapshots()
                        .stream()
                        .map(name -> name.substring(0, name.indexOf('@')))
                        .toList();
    }
}
