package io.nightshift.scheduler.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.scheduler.access.Door.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {
    private static final String TOKEN = "kept-in-a-file-and-nowhere-else";

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-04-17T09:30:00Z");
    private Door door;

    @BeforeEach
    void lock() throws IOException {
        door = new Door(Optional.of(Token.read(file(TOKEN + "\n", "rw-------"), false)), () -> now);
    }

    @Test
    void the_token_opens_and_nothing_else_does() {
        assertThat(door.isOpen()).isFalse();
        assertThat(door.show(TOKEN, "10.0.0.1")).isEqualTo(Answer.RIGHT);
        assertThat(door.show(TOKEN + "x", "10.0.0.1")).isEqualTo(Answer.WRONG);
        assertThat(door.show("", "10.0.0.1")).isEqualTo(Answer.WRONG);
    }

    @Test
    void without_a_token_it_is_open_but_no_token_is_right() {
        var open = new Door(Optional.empty(), () -> now);

        assertThat(open.isOpen()).isTrue();
        assertThat(open.show("", "127.0.0.1")).isEqualTo(Answer.WRONG);
    }

    @Test
    void after_some_wrong_ones_even_the_right_one_waits_a_minute() {
        for (int i = 0; i < Brake.TRIES; i++) {
            assertThat(door.show("wrong", "10.0.0.1")).isEqualTo(Answer.WRONG);
        }

        assertThat(door.show(TOKEN, "10.0.0.1")).isEqualTo(Answer.HELD);
        assertThat(door.show(TOKEN, "10.0.0.2")).as("another address").isEqualTo(Answer.RIGHT);
        now = now.plus(Brake.PAUSE);
        assertThat(door.show(TOKEN, "10.0.0.1")).isEqualTo(Answer.RIGHT);
    }

    @Test
    void a_session_ends_by_itself_or_by_its_owner() {
        var session = door.begin();
        var other = door.begin();

        assertThat(door.knows(session)).isTrue();
        assertThat(door.knows("made-up")).isFalse();
        door.end(session);
        assertThat(door.knows(session)).isFalse();
        now = now.plus(Sessions.LIFE).minus(Duration.ofSeconds(1));
        assertThat(door.knows(other)).isTrue();
        now = now.plusSeconds(1);
        assertThat(door.knows(other)).isFalse();
    }

    @Test
    void a_token_that_can_be_guessed_or_read_by_others_stops_the_start() throws IOException {
        var shortOne = file("secret", "rw-------");
        var readable = file(TOKEN, "rw-r--r--");

        assertThatThrownBy(() -> Token.read(shortOne, false)).hasMessageContaining("shorter than 20");
        assertThatThrownBy(() -> Token.read(readable, false)).hasMessageContaining("chmod 600");
        assertThat(Token.read(readable, true).is(TOKEN)).isTrue();
        assertThatThrownBy(() -> Token.read(folder.resolve("gone"), false)).hasMessageContaining("token-file");
    }

    private Path file(String content, String permissions) throws IOException {
        var file = Files.writeString(Files.createTempFile(folder, "Schlüssel ", ""), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
