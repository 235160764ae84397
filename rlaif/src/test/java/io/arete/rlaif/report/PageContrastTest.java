package io.arete.rlaif.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** If this breaks, somebody with tired or weak eyes cannot read the page. */
class PageContrastTest {

  private static final Pattern ROOT = Pattern.compile(":root \\{([^}]*)}");
  private static final Pattern COLOR = Pattern.compile("(--[a-z0-9]+): #([0-9a-f]{6});");

  /** What WCAG 2.1 asks at its level AA of words (1.4.3), and of what drawings need (1.4.11). */
  private static final double WORDS = 4.5;

  private static final double MARKS = 3;

  @Test
  void wordsAndMarksStandOutInLightAndInDark() throws IOException {
    Matcher root = ROOT.matcher(css());
    for (String mode : List.of("light", "dark")) {
      assertThat(root.find()).as(mode).isTrue();
      Map<String, Integer> colors = colors(root.group(1));
      assertThat(colors).as(mode).hasSizeGreaterThan(15);
      for (String ground : List.of("--paper", "--card")) {
        int under = Objects.requireNonNull(colors.get(ground));
        colors.forEach(
            (name, color) -> {
              if (!List.of("--paper", "--card", "--line").contains(name)) {
                assertThat(contrast(color, under))
                    .as("%s on %s, %s", name, ground, mode)
                    .isGreaterThanOrEqualTo(name.matches("--c[0-9]+") ? MARKS : WORDS);
              }
            });
      }
    }
  }

  private static String css() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(PageContrastTest.class.getResourceAsStream("page.css"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, Integer> colors(String block) {
    Map<String, Integer> colors = new HashMap<>();
    Matcher color = COLOR.matcher(block);
    while (color.find()) {
      colors.put(color.group(1), Integer.parseInt(color.group(2), 16));
    }
    return colors;
  }

  private static double contrast(int first, int second) {
    double one = luminance(first) + 0.05;
    double other = luminance(second) + 0.05;
    return Math.max(one, other) / Math.min(one, other);
  }

  private static double luminance(int color) {
    return 0.2126 * linear(color >> 16)
        + 0.7152 * linear((color >> 8) & 0xff)
        + 0.0722 * linear(color & 0xff);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
