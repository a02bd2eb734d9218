package io.nightshift.it.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.nightshift.it.Programs;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures that the README shows, of what runs at {@code -Dpictures.url}; no test, run by its name alone. With the
 * demonstration, whose page {@code deploy/local/up} names, after its first backups:
 *
 * <pre>mvn verify -pl integration-tests -am -Dtest=None -Dit.test=Pictures -Dpictures.url=http://127.0.0.1:PORT
 *     -Dpictures.job=demo/papers/nas
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false</pre>
 */
class Pictures {
    private static final Path FOLDER = Programs.PROJECT.resolve("docs/images");
    private static final int DESKTOP = 1200;
    private static final int PHONE = 390;

    @Test
    void of_the_demonstration() {
        var root = URI.create(System.getProperty("pictures.url"));
        try (var chromium = Chromium.start()) {
            take(chromium, root, "/", DESKTOP, 480, ColorScheme.LIGHT, "overview-desktop-light");
            take(chromium, root, "/", DESKTOP, 480, ColorScheme.DARK, "overview-desktop-dark");
            take(chromium, root, "/", PHONE, 620, ColorScheme.LIGHT, "overview-phone-light");
            take(chromium, root, "/", PHONE, 620, ColorScheme.DARK, "overview-phone-dark");
            plan(chromium, root.resolve("/jobs/" + System.getProperty("pictures.job") + "/restore"));
        }
    }

    private static void take(
            Chromium chromium, URI root, String path, int width, int height, ColorScheme colours, String name) {
        try (var visitor = chromium.visitor(width, height, colours)) {
            var page = visitor.newPage();
            page.navigate(root.resolve(path).toString());
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
        }
    }

    /** A dry run, which touches nothing. */
    private static void plan(Chromium chromium, URI form) {
        try (var visitor = chromium.visitor(PHONE, 680, ColorScheme.LIGHT)) {
            var page = visitor.newPage();
            page.navigate(form.toString());
            page.check("input[value=in-place]");
            page.click("button.first");
            page.waitForSelector("form.confirm");
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve("restore-phone-light.png")));
        }
    }
}
