package io.arete.rlaif.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.print.PrintOptions;

/** Pages in a real browser: what was declared is drawn, nothing fails, and nobody is asked. */
class ReportInBrowserTest {

  private static final String DRAWN =
      """
      const told = arguments[0];
      const look = () => document.documentElement.hasAttribute('data-drawn')
          ? told(true) : setTimeout(look, 20);
      look();
      """;

  /** Of every figure the marks of its data that have a place and a size; guides are no data. */
  private static final String MARKS =
      """
      const marks = {};
      const guide = (mark) =>
          ['stroke', 'fill'].some((name) => mark.getAttribute(name) === 'var(--guide)');
      document.querySelectorAll('.plot').forEach((plot) => {
        marks[plot.id] = Array.from(plot.querySelectorAll('svg g.role-mark > *')).filter((mark) => {
          const box = mark.getBBox();
          return (box.width > 0 || box.height > 0) && !guide(mark);
        }).length;
      });
      return marks;
      """;

  /** Held, or its level would be forgotten: it warns of every browser newer than itself. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static ChromeDriver browser;

  @TempDir private Path root;
  private Path run;

  @BeforeAll
  static void open() {
    Optional<File> driver = program("chromedriver");
    Optional<File> chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> program(name).stream())
            .findFirst();
    if (driver.isEmpty() || chromium.isEmpty()) {
      abort(
          "No browser to look at pages with; on Debian: apt-get install chromium chromium-driver");
    }
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    options.addArguments("--disable-background-networking", "--window-size=1100,900");
    options.setCapability("goog:loggingPrefs", logs);
    // A driver that is named is not looked for, so nothing is downloaded.
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(driver.get()).build(), options);
    browser.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
  }

  private static Optional<File> program(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .findFirst();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void writeRun() {
    run = root.resolve("run");
    RunFixture.write(run, 0.4);
  }

  private Path page() {
    Path page = run.resolve(RunReport.FILE);
    RunReport.write(run, page);
    return page;
  }

  private static void show(Path page) {
    browser.get(page.toUri().toString());
    browser.executeAsyncScript(DRAWN);
  }

  private static List<Long> marks(Path page) {
    show(page);
    Map<?, ?> drawn = (Map<?, ?>) browser.executeScript(MARKS);
    List<Long> counts = new ArrayList<>();
    drawn.values().forEach(count -> counts.add((Long) count));
    return counts;
  }

  @Test
  void everyFigureOfEverySectionIsDrawn() throws IOException {
    Path page = page();
    JsonNode figures = RunFixture.figures(Files.readString(page));

    assertThat(marks(page))
        .hasSize(figures.size())
        .hasSizeGreaterThan(18)
        .allSatisfy(count -> assertThat(count).isPositive());
    for (String chapter :
        List.of(
            "verdict", "attack", "differences", "tuning", "trust", "texts", "rewards", "policy")) {
      assertThat(figuresIn(chapter)).as(chapter).isPositive();
    }
  }

  private static long figuresIn(String chapter) {
    return (Long)
        browser.executeScript(
            "return document.querySelectorAll('#' + arguments[0] + ' .plot svg').length", chapter);
  }

  @Test
  void severalRunsOnOnePageAreDrawn() throws IOException {
    Path other = root.resolve("other");
    RunFixture.write(other, 0.5);
    Path page = root.resolve("several.html");
    RunsReport.write(
        "Runs",
        List.of(new ReportedRun("run", "run", run), new ReportedRun("other", "other", other)),
        page);

    assertThat(marks(page))
        .hasSize(RunFixture.figures(Files.readString(page)).size())
        .allSatisfy(count -> assertThat(count).isPositive());
  }

  @Test
  void nothingFailsAndTheNetworkIsNeverAsked() throws IOException {
    browser.manage().logs().get(LogType.BROWSER);
    browser.manage().logs().get(LogType.PERFORMANCE);
    Path page = page();
    show(page);

    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    List<String> asked = new ArrayList<>();
    for (LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = new ObjectMapper().readTree(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        asked.add(message.path("params").path("request").path("url").asText());
      }
    }
    assertThat(asked).containsExactly(page.toUri().toString());
  }

  @Test
  void aNumberThatChangesMovesItsMark() {
    List<String> before = places(page(), "verdict-changes");
    String summary = RunFixture.summary(0.4);
    RunFixture.put(run, "evaluation/summary.json", summary.replaceFirst("0\\.4,", "0.2,"));
    List<String> after = places(page(), "verdict-changes");

    // Of four dots the first moves against the others.
    assertThat(after).hasSameSizeAs(before).isNotEqualTo(before);
    assertThat(after.get(1)).isEqualTo(after.get(2)).isEqualTo(after.get(3));
    assertThat(after.get(0)).isNotEqualTo(after.get(1));
    assertThat(before.get(0)).isEqualTo(before.get(1));
  }

  /** Where the last mark of a figure has its symbols, from left to right. */
  private static List<String> places(Path page, String figure) {
    show(page);
    List<?> found =
        (List<?>)
            browser.executeScript(
                """
                const marks = document.querySelectorAll('#' + arguments[0] + ' g.mark-symbol.role-mark');
                return Array.from(marks[marks.length - 1].querySelectorAll('path'))
                    .map((path) => path.getAttribute('transform').match(/\\(([^,]+),/)[1]);
                """,
                figure);
    List<String> places = new ArrayList<>();
    found.forEach(place -> places.add(String.valueOf(place)));
    return places;
  }

  @Test
  void aStepThatChangesMovesItsCurve() {
    String before = curve(page());
    RunFixture.put(
        run,
        "policy/metrics.jsonl",
        RunFixture.policyStep(1, 0.1)
            + "\n"
            + RunFixture.policyStep(2, -0.7)
            + "\n"
            + RunFixture.policyStep(3, 0.3)
            + "\n");
    assertThat(curve(page())).isNotEmpty().isNotEqualTo(before);
  }

  private static String curve(Path page) {
    show(page);
    return String.valueOf(
        browser.executeScript(
            "return document.querySelector('#policy-reward g.mark-line path').getAttribute('d')"));
  }

  /** Figures take the page's colors, so that they can be read in light, in dark and on paper. */
  @Test
  void figuresHaveThePagesColors() {
    show(page());
    assertThat(
            browser.executeScript(
                """
                const label = document.querySelector('#policy-reward .mark-text.role-axis-label text');
                return getComputedStyle(label).fill;
                """))
        .isEqualTo("rgb(29, 29, 27)");
  }

  @AfterEach
  void showAsBefore() {
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  /** Who reads in the dark must not be dazzled, nor be left with dark words on dark paper. */
  @Test
  void inTheDarkThePaperIsDarkAndItsWordsAreLight() {
    browser.manage().logs().get(LogType.BROWSER);
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    show(page());

    assertThat(lightness("body", "backgroundColor")).isLessThan(60);
    assertThat(lightness("figure", "backgroundColor")).isLessThan(60);
    assertThat(lightness("body", "color")).isGreaterThan(200);
    assertThat(lightness("#policy-reward .mark-text.role-axis-label text", "fill"))
        .isGreaterThan(200);
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  /** Mean of red, green and blue, 0 to 255. */
  private static double lightness(String element, String property) {
    return ((Number)
            browser.executeScript(
                """
                const color = getComputedStyle(document.querySelector(arguments[0]))[arguments[1]];
                return color.match(/\\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) / 3;
                """,
                element,
                property))
        .doubleValue();
  }

  /** On a telephone nobody should have to push the whole page aside to read a line. */
  @Test
  void aPageIsAsWideAsATelephone() {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
    show(page());

    assertThat(browser.executeScript("return innerWidth")).isEqualTo(390L);
    assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390L);
  }

  /** Paper cannot be unfolded, so everything folded is printed, and folded again on the screen. */
  @Test
  void whatIsFoldedIsPrinted() {
    show(page());
    browser.executeScript(
        """
        const folded = () => document.querySelectorAll('details:not([open])').length;
        window.folded = [folded()];
        addEventListener('beforeprint', () => window.folded.push(folded()));
        addEventListener('afterprint', () => window.folded.push(folded()));
        """);
    browser.print(new PrintOptions());

    List<?> folded = (List<?>) browser.executeScript("return window.folded");
    assertThat(folded).hasSize(3).last().isEqualTo(folded.get(0));
    assertThat((Long) folded.get(0)).isGreaterThan(10L);
    assertThat(folded.get(1)).isEqualTo(0L);
  }
}
