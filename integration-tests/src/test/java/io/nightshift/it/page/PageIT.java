package io.nightshift.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a {@link Household} as a person sees it, in the system's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PageIT {
    private static final List<String> PAGES = List.of(
            "",
            "jobs/daedalus/jellyfin/nas",
            "jobs/icarus/postgres/cloud",
            "hosts",
            "plan",
            "events",
            "settings",
            "nothing-is-here");

    private final Household household = new Household(Instant.now());
    private final List<String> complaints = new ArrayList<>();
    private Chromium chromium;
    private SchedulerAlone scheduler;
    private BrowserContext visitor;
    private Page page;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chromium = Chromium.start();
        scheduler = SchedulerAlone.start(folder, household.fleet(folder), Map.of());
        household.tell(scheduler.nats());
        scheduler.awaitShown("api/verdict", Pattern.compile("\"good\":28,"));
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

    @BeforeEach
    void visit() {
        visit(1280, ColorScheme.LIGHT);
    }

    private void visit(int width, ColorScheme colours) {
        leave();
        visitor = chromium.visitor(width, 844, colours);
        visitor.setDefaultTimeout(10_000);
        page = visitor.newPage();
        complaints.clear();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void leave() {
        if (visitor != null) {
            visitor.close();
        }
    }

    private void open(String path) {
        page.navigate(scheduler.root() + path);
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT", "390, DARK"})
    void nobody_is_shut_out_of_any_page(int width, ColorScheme colours) {
        visit(width, colours);
        for (var path : PAGES) {
            open(path);
            if (path.startsWith("jobs")) {
                assertThat(page.locator("table.runs")).isVisible();
            }
            Chromium.requireFitForAll(page, width);
        }
        assertThat(complaints).allSatisfy(each -> assertThat(each).contains("404"));
    }

    @Test
    void the_first_glance_tells_what_is_wrong_and_when_the_next_night_is() {
        open("");

        assertThat(heading("1 overdue, 1 failed, 1 suspect, 1 incomplete, 1 not heard of yet, of 33 backups"))
                .isInViewport();
        assertThat(page.getByText("Next night in")).isInViewport();
        assertThat(page.locator(".attention li").first()).containsText("/mnt/usb is not mounted");
        assertThat(page.locator(".grid tbody tr").first()).containsText("mail");
        assertThat(complaints).isEmpty();
    }

    @Test
    void progress_moves_without_a_touch() {
        open("");
        var bar = page.getByRole(AriaRole.PROGRESSBAR);
        page.waitForCondition(() -> {
            household.tellProgress(scheduler.nats(), 66.5);
            return bar.count() == 1 && "66.5".equals(bar.getAttribute("value"));
        });
        assertThat(page.locator(".doing")).containsText("66.5 %");
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_word_in_the_filter_leaves_only_what_fits() {
        open("");
        page.getByLabel("Find").fill("immi");
        assertThat(page.locator(".grid tbody tr")).hasCount(1);
        page.getByLabel("Find").fill("");
        page.getByLabel("State", new Page.GetByLabelOptions().setExact(true)).selectOption("suspect");
        assertThat(page.locator(".grid tbody tr")).hasCount(1);
        assertThat(page.locator(".grid tbody tr")).containsText("paperless");
    }

    @Test
    void a_job_says_what_went_wrong_and_what_to_do() {
        open("");
        page.locator(".grid a")
                .filter(new Locator.FilterOptions().setHasText("failed"))
                .click();

        assertThat(page).hasURL(Pattern.compile(".*/jobs/daedalus/immich/cloud"));
        assertThat(page.locator(".why")).containsText("Access Denied");
        assertThat(page.locator(".why .advice")).containsText("renew the key");
        assertThat(page.locator("table.runs tbody tr")).hasCount(40);
        assertThat(page.locator(".plot polyline")).hasCount(2);
        assertThat(complaints).isEmpty();
    }

    @Test
    void the_keyboard_alone_finds_and_presses_back_up_now() throws Exception {
        var requests = scheduler.nats().subscribe("backup.request.>");
        scheduler.nats().flush(Duration.ofSeconds(10));
        open("jobs/minos/notes/usb");
        var button = page.getByRole(AriaRole.BUTTON, named("Back up now"));
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to content")).isFocused();
        page.keyboard().press("Enter");
        for (int stops = 0; stops < 20 && !isFocused(button); stops++) {
            page.keyboard().press("Tab");
        }
        assertThat(button).isFocused();
        page.keyboard().press("Enter");

        assertThat(page.getByRole(AriaRole.STATUS).getByText("Asked for: backup of 1 backup"))
                .isVisible();
        var asked = requests.nextMessage(Duration.ofSeconds(10));
        assertThat(asked.getSubject()).isEqualTo("backup.request.minos.notes.usb");
        assertThat(new String(asked.getData(), StandardCharsets.UTF_8)).isEqualTo("{}");
    }

    @Test
    void the_hosts_show_their_zfs_snapshots_and_why_one_has_none() {
        open("hosts");
        assertThat(page.getByText("rpool/safe/persist@restic_nightly_snap")).isVisible();
        assertThat(page.getByText("ZFS snapshots", new Page.GetByTextOptions().setExact(true)))
                .hasCount(2);
        assertThat(page.getByText("out of space")).isVisible();
    }

    @Test
    void settings_show_where_secrets_are_and_none_of_them() {
        open("settings");
        assertThat(page.getByText("/run/secrets/cloud.env")).isVisible();
        page.getByText("icarus/postgres/nas").click();
        assertThat(page.getByText("pg_dumpall")).hasCount(3);
        assertThat(page.locator("body")).not().containsText("--file=/srv/postgres/all.sql");
    }

    @Test
    void a_page_that_is_not_there_says_so_in_words() {
        open("jobs/daedalus/imich/nas");
        assertThat(heading("No such backup")).isVisible();
        assertThat(page.getByText("the fleet file has no backup daedalus/imich/nas"))
                .isVisible();
        page.getByText("To the overview").click();
        assertThat(page).hasTitle("Overview – Nightshift");
    }

    private static boolean isFocused(Locator there) {
        return (boolean) there.evaluate("it => it === document.activeElement");
    }

    private Locator heading(String words) {
        return page.getByRole(AriaRole.HEADING, named(words));
    }

    private static Page.GetByRoleOptions named(String words) {
        return new Page.GetByRoleOptions().setName(words);
    }
}
