package io.nightshift.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.nightshift.it.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The system's Chromium; none is fetched. Belongs to the thread that started it. */
final class Chromium implements AutoCloseable {
    private static final String PROGRAM = "chromium";

    /** A sandbox needs rights that containers lack; it talks to nobody but the page. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips the test where it is missing, and fails it there when CI=true. */
    static Chromium start() {
        Programs.require(PROGRAM);
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin", PROGRAM))
                        .setArgs(ARGUMENTS));
        return new Chromium(playwright, browser);
    }

    /** A visitor who was never here before, with everything that a page can say about itself as English people read it. */
    BrowserContext visitor(int width, int height, ColorScheme colours) {
        return browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(colours)
                .setLocale("en-GB"));
    }

    /** That the page as it is now shuts nobody out, and needs no scrolling sideways. */
    static void requireFitForAll(Page page, int width) {
        // Legacy mode: all in this page, which has no frames; a second page for the result would cost as much again.
        var serious = new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .filter(found -> List.of("serious", "critical").contains(found.getImpact()))
                        .map(found -> found.getId() + ": " + found.getNodes())
                        .toList();
        assertThat(serious).as(page.url() + " at " + width).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as(page.url() + " fits into " + width)
                .isLessThanOrEqualTo(width);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
