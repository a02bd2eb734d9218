package io.nightshift.contract.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithConverter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeNumberTest {
    @ConfigMapping(prefix = "some")
    interface Some {
        @WithConverter(WholeNumber.Parallel.class)
        int parallel();
    }

    @Test
    void what_is_within_the_limits_is_taken() {
        assertThat(some("1").parallel()).isEqualTo(1);
        assertThat(some(" 16 ").parallel()).isEqualTo(16);
        assertThat(new WholeNumber.Positive().convert("2147483647")).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"0", "17", "-1", "two", "1.5", "99999999999"})
    void anything_else_stops_the_start_and_says_which_and_what_to_write(String wrong) {
        assertThatThrownBy(() -> some(wrong))
                .hasMessageContaining("some.parallel")
                .hasMessageContaining(wrong)
                .hasMessageContaining("write a whole number from 1 to 16");
    }

    @Test
    void without_an_upper_limit_none_is_told() {
        assertThatThrownBy(() -> new WholeNumber.Positive().convert("0"))
                .hasMessage("write a whole number of at least 1");
    }

    private static Some some(String value) {
        return new SmallRyeConfigBuilder()
                .withMapping(Some.class)
                .withSources(new PropertiesConfigSource(Map.of("some.parallel", value), "test", 100))
                .build()
                .getConfigMapping(Some.class);
    }
}
