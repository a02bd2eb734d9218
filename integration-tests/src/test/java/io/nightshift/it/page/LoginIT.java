package io.nightshift.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.nightshift.it.Programs;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scheduler that has a token, and listens where others reach it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LoginIT {
    private static final String TOKEN = "a-token-for-this-test-alone";

    private final HttpClient http = HttpClient.newHttpClient();
    private Chromium chromium;
    private SchedulerAlone scheduler;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chromium = Chromium.start();
        var token = Programs.secret(folder.resolve("token"), TOKEN + "\n");
        var settings = Map.of("NIGHTSHIFT_SCHEDULER_TOKEN_FILE", token.toString(), "QUARKUS_HTTP_HOST", "0.0.0.0");
        scheduler = SchedulerAlone.start(folder, new Household(Instant.now()).fleet(folder), settings);
    }

    @AfterAll
    void stop() throws Exception {
        if (scheduler != null) {
            scheduler.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hosts", "parts/grid", "api/verdict", "api/live", "api/openapi", "jobs/minos/notes/usb"})
    void nothing_is_told_without_the_token(String path) throws Exception {
        assertThat(get(path, "").statusCode()).isEqualTo(401);
    }

    @Test
    void a_wrong_token_is_as_good_as_none() throws Exception {
        assertThat(get("api/verdict", "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void a_program_shows_the_token_with_each_request() throws Exception {
        assertThat(get("api/verdict", TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void a_person_logs_in_once_and_out_again() {
        try (var visitor = visitor()) {
            var page = visitor.newPage();
            page.navigate(scheduler.root() + "hosts");
            assertThat(page).hasTitle("Log in – Nightshift");
            enter(page, "not-the-token-at-all");
            assertThat(page.getByRole(AriaRole.ALERT)).hasText("That is not the token.");
            enter(page, TOKEN);
            assertThat(page).hasTitle("Overview – Nightshift");
            var cookie = visitor.cookies().get(0);
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
            assertThat(page.locator("#link")).isHidden();

            page.getByText("Log out").click();
            assertThat(page).hasTitle("Log in – Nightshift");
            visitor.addCookies(List.of(cookie));
            page.navigate(scheduler.root() + "hosts");
            assertThat(page).hasTitle("Log in – Nightshift");
        }
    }

    private static void enter(Page page, String token) {
        page.getByLabel("Token").fill(token);
        page.keyboard().press("Enter");
    }

    private BrowserContext visitor() {
        var visitor = chromium.visitor(390, 844, ColorScheme.LIGHT);
        visitor.setDefaultTimeout(10_000);
        return visitor;
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(scheduler.root().resolve(path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
