package io.arete.rlaif.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A page of somebody else's run must show what the run says, and do nothing. */
class PageTest {

  @Test
  void aVerdictFromAFileCannotBecomeAScript() {
    String page =
        page(
            new Block.Checklist(
                List.of("x\"><script>alert(1)</script>", "no gain"),
                new Block.Numbers(List.of("run"), List.of(List.of("theirs"), List.of("mine")))));
    assertThat(page)
        .doesNotContain("<script>alert")
        .contains("x&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("<td class=\"mark no-gain\">");
  }

  @Test
  void whatAModelSaysInBracesStaysWhatItSays() {
    String page = page(new Block.Prose("{{script}} {{libraries}} {{figures}} {{body}}"));
    assertThat(page).contains("<p>{{script}} {{libraries}} {{figures}} {{body}}</p>");
    assertThat(page).hasSizeLessThan(page(new Block.Prose("")).length() + 100);
  }

  private static String page(Block block) {
    return Page.html("Arete", List.of(new Chapter("one", "One", List.of(block))));
  }
}
