package io.nightshift.it.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSecretsTest {
    private static final String SECRET = "kQ7+xv/Y2m&pL 9zR4tB";

    private final KnownSecrets secrets = new KnownSecrets();

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "user:", "{\"password\":\""})
    void a_secret_is_found_in_every_form_wherever_it_stands(String before) {
        secrets.add("password", SECRET);
        var text = before + SECRET + "\"}";
        var bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(secrets.in(bytes)).containsExactly("password");
        assertThat(secrets.in(Base64.getEncoder().encodeToString(bytes))).containsExactly("password");
        assertThat(secrets.in(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .containsExactly("password");
        assertThat(secrets.in(URLEncoder.encode(text, StandardCharsets.UTF_8))).containsExactly("password");
        assertThat(secrets.in(HexFormat.of().formatHex(bytes))).containsExactly("password");
    }

    @Test
    void another_text_is_not_taken_for_it() {
        secrets.add("password", SECRET);

        assertThat(secrets.in(SECRET.substring(1) + SECRET.substring(0, 19))).isEmpty();
        assertThat(secrets.in(Base64.getEncoder().encodeToString(new byte[200])))
                .isEmpty();
    }
}
