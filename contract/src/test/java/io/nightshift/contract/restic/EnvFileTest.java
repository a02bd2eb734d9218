package io.nightshift.contract.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvFileTest {
    @Test
    void names_and_values_are_read_as_people_write_them() {
        assertThat(EnvFile.parse("""
                # keys of the bucket
                AWS_ACCESS_KEY_ID=abc

                export AWS_SECRET_ACCESS_KEY="de=f #g"
                  ONE='it is'
                EMPTY=
                """))
                .isEqualTo(Map.of(
                        "AWS_ACCESS_KEY_ID", "abc",
                        "AWS_SECRET_ACCESS_KEY", "de=f #g",
                        "ONE", "it is",
                        "EMPTY", ""));
    }

    @Test
    void a_wrong_line_is_named_but_never_shown() {
        assertThatThrownBy(() -> EnvFile.parse("A=1\nmy secret\n"))
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("secret");
    }
}
