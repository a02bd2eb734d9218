package io.nightshift.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.nightshift.it.OneDisk;
import io.nightshift.it.Programs;
import io.nightshift.it.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody has deleted a file, and has nothing but the page: with all services, a real backup and a real restore. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class RestoreByPageIT {
    private static final double SLOW = 60_000;

    private Path data;
    private Path lost;
    private Path calls;
    private Chromium chromium;
    private Running up;
    private String root;
    private BrowserContext visitor;
    private Page page;

    @BeforeAll
    void aBackup(@TempDir Path work) throws Exception {
        Programs.require("restic", "nats-server", "setpriv");
        chromium = Chromium.start();
        data = Files.createDirectories(work.resolve("data/app"));
        lost = Files.writeString(data.resolve("lost & found.txt"), "worth keeping");
        Files.writeString(data.resolve("other.txt"), "not asked for");
        Files.createDirectories(data.resolve("deeper"));
        calls = work.resolve("calls");
        up = Running.start(work, fleet(work));
        var settings = new Properties();
        try (var file = Files.newBufferedReader(work.resolve("state/command.env"))) {
            settings.load(file);
        }
        root = settings.getProperty("NIGHTSHIFT_URL") + "/";
    }

    private static Path fleet(Path work) throws Exception {
        return OneDisk.fleet(work, "geheim", """
                app:
                  paths: ["WORK/data/app"]
                  stop: [{ command: [sh, -c, 'echo stop >>"WORK/calls"'] }]
                  start: [{ command: [sh, -c, 'echo start >>"WORK/calls"'] }]
                """);
    }

    @AfterAll
    void stop() throws Exception {
        if (up != null) {
            up.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void visit() {
        visit(1280);
    }

    private void visit(int width) {
        leave();
        visitor = chromium.visitor(width, 844, ColorScheme.LIGHT);
        visitor.setDefaultTimeout(SLOW);
        page = visitor.newPage();
    }

    @AfterEach
    void leave() {
        if (visitor != null) {
            visitor.close();
        }
    }

    @Test
    @Order(1)
    void a_backup_is_asked_for_and_seen_to_be_good_without_another_touch() {
        page.navigate(root + "jobs/here/app/disk");
        press("Back up now");
        assertThat(page.locator(".jobstate .big .state")).containsText("good", slow());
        assertThat(page.locator(".jobstate")).containsText("2 files");
    }

    @Test
    @Order(2)
    void a_file_comes_back_into_a_new_folder() throws Exception {
        Files.delete(lost);
        choose();
        page.getByLabel(lost.toString()).check();
        press("Restore what is ticked…");
        assertThat(page.getByText(lost.toString())).isVisible();
        press("See what it would do");
        assertThat(page.locator("#restore")).containsText("1 file, 13 B", slow());
        carryOut();
        var folder = page.locator(".facts code").nth(1).textContent();
        assertThat(Path.of(folder + lost)).hasContent("worth keeping");
        assertThat(Path.of(folder + data).resolve("other.txt")).doesNotExist();
        assertThat(lost).doesNotExist();
    }

    @Test
    @Order(3)
    void everything_comes_back_in_place_with_the_service_stopped_around_it_and_the_rest_removed() throws Exception {
        var late = Files.writeString(data.resolve("late.txt"), "written after the backup");
        choose();
        page.getByText("Restore all of this snapshot…").click();
        page.getByLabel("In place").check();
        page.getByLabel("Remove what is not in the snapshot").check();
        press("See what it would do");
        assertThat(page.locator("#restore")).containsText(late.toString(), slow());
        assertThat(late).exists();
        assertThat(calls).doesNotExist();
        carryOut();
        assertThat(lost).hasContent("worth keeping");
        assertThat(late).doesNotExist();
        assertThat(Files.readAllLines(calls)).containsExactly("stop", "start");
    }

    @Test
    @Order(4)
    void another_name_than_the_service_s_restores_nothing() throws Exception {
        Files.delete(lost);
        choose();
        page.getByText("Restore all of this snapshot…").click();
        page.getByLabel("In place").check();
        press("See what it would do");
        page.getByLabel("Type app to restore").fill("apple");
        press("Restore");
        assertThat(page.getByText("not restored: type the name of the service, 'app'"))
                .isVisible();
        assertThat(lost).doesNotExist();
    }

    @Test
    @Order(5)
    void nobody_is_shut_out_at_any_step() {
        for (int width : List.of(1280, 390)) {
            visit(width);
            for (var path : List.of(
                    "jobs/here/app/disk/snapshots",
                    "jobs/here/app/disk/snapshots/latest?path=" + data,
                    "jobs/here/app/disk/snapshots/latest?path=" + data + "&name=other",
                    "jobs/here/app/disk/restore?snapshot=latest&path=" + data,
                    "restores")) {
                check(path, width);
            }
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("here/app/disk"))
                    .first()
                    .click();
            check("", width);
        }
    }

    private void check(String path, int width) {
        if (!path.isEmpty()) {
            page.navigate(root + path);
        }
        var name = path.isEmpty() ? "one restore" : path.replaceAll("\\?.*", "").replace('/', ' ');
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/pages", name + " " + width + ".png"))
                .setFullPage(true));
        Chromium.requireFitForAll(page, width);
    }

    /** From the job to the folder of its newest snapshot. */
    private void choose() {
        page.navigate(root + "jobs/here/app/disk");
        page.getByText("Restore…").click();
        page.getByRole(AriaRole.TABLE).getByRole(AriaRole.LINK).first().click();
        assertThat(page.getByText("other.txt")).isVisible();
    }

    private void carryOut() {
        page.getByLabel("Type app to restore").fill("app");
        press("Restore");
        assertThat(page.locator("#restore")).containsText("Came back", slow());
        assertThat(page).hasURL(Pattern.compile(".*/restores/here/app/disk/.*"));
    }

    private void press(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static LocatorAssertions.ContainsTextOptions slow() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SLOW);
    }
}
