package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.rlaif.file.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chapters as one HTML file that needs nothing else. */
final class Page {

  private static final List<String> LIBRARIES =
      List.of("vega-5.33.0", "vega-lite-5.23.0", "vega-embed-6.29.0");

  private static final Map<String, String> SIGNS =
      Map.of(
          "passed",
          "✓",
          "gain",
          "✓",
          "warned",
          "!",
          "stopped",
          "✗",
          "forced",
          "✗",
          "no gain",
          "✗",
          "cannot tell",
          "?");

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final StringBuilder body = new StringBuilder();
  private final ArrayNode figures = JsonNodeFactory.instance.arrayNode();

  private Page() {}

  /** The whole file. */
  static String html(String title, List<Chapter> chapters) {
    Page page = new Page();
    StringBuilder contents = new StringBuilder();
    for (Chapter chapter : chapters) {
      contents.append("<a href=\"#%s\">%s</a>\n".formatted(chapter.id(), escape(chapter.title())));
      page.chapter(chapter);
    }
    StringBuilder scripts = new StringBuilder();
    for (String library : LIBRARIES) {
      scripts
          .append("<script>/* ")
          .append(library)
          .append("\n")
          .append(resource("vendor/" + library + ".LICENSE").replace("*/", "* /"))
          .append("*/\n")
          .append(script(resource("vendor/" + library + ".min.js")))
          .append("</script>\n");
    }
    Map<String, String> parts =
        Map.of(
            "title", escape(title),
            "style", resource("page.css"),
            "contents", contents.toString(),
            "body", page.body.toString(),
            "libraries", scripts.toString(),
            // No "<" can then end the element that holds them.
            "figures", page.figures.toString().replace("<", "\\u003c"),
            "script", resource("page.js"));
    // In one pass: what a model said may hold such words, too.
    return PLACE
        .matcher(resource("page.html"))
        .replaceAll(
            place -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)))));
  }

  /** A library without its pointer to a map that is not here. */
  private static String script(String library) {
    return library
        .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
        .replace("</script", "<\\/script");
  }

  private void chapter(Chapter chapter) {
    body.append(
        "<section id=\"%s\" aria-labelledby=\"%s-title\">\n".formatted(chapter.id(), chapter.id()));
    body.append("<h2 id=\"%s-title\">%s</h2>\n".formatted(chapter.id(), escape(chapter.title())));
    chapter.blocks().forEach(this::block);
    body.append("</section>\n");
  }

  private void block(Block block) {
    if (block instanceof Block.Prose prose) {
      body.append("<p>").append(escape(prose.text())).append("</p>\n");
    } else if (block instanceof Block.Headline headline) {
      body.append(
          "<p class=\"verdict\"><strong>%s</strong>%s</p>\n"
              .formatted(escape(headline.word()), escape(headline.sentence())));
    } else if (block instanceof Block.Figure figure) {
      figure(figure);
    } else if (block instanceof Block.Beside beside) {
      body.append("<div class=\"beside\">\n");
      beside.figures().forEach(this::figure);
      body.append("</div>\n");
    } else if (block instanceof Block.Links links) {
      links(links);
    } else if (block instanceof Block.Numbers numbers) {
      table("Numbers", numbers, List.of());
    } else if (block instanceof Block.Checklist checklist) {
      table("Checks", checklist.numbers(), checklist.marks());
    } else if (block instanceof Block.Talk talk) {
      talk(talk);
    } else if (block instanceof Block.Folded folded) {
      body.append(
          "<details><summary>%s</summary><pre tabindex=\"0\">%s</pre></details>\n"
              .formatted(escape(folded.title()), escape(folded.text())));
    }
  }

  private void figure(Block.Figure figure) {
    figures.addObject().put("id", figure.id()).set("spec", figure.spec());
    body.append("<figure>\n<div class=\"whole\">\n");
    body.append("<figcaption>").append(escape(figure.says())).append("</figcaption>\n");
    body.append(
        "<div class=\"plot\" id=\"%s\" role=\"img\" aria-label=\"%s\"></div>\n</div>\n"
            .formatted(
                figure.id(), escape("Picture: " + figure.says() + " The numbers follow it.")));
    body.append("<details><summary>The numbers</summary>\n");
    table(figure.says(), figure.numbers(), List.of());
    body.append("</details>\n</figure>\n");
  }

  private void links(Block.Links links) {
    body.append("<p>").append(escape(links.says())).append("</p>\n<ul>\n");
    for (Block.Link link : links.links()) {
      body.append(
          "<li><a class=\"page\" href=\"%s\">%s</a></li>\n"
              .formatted(escape(link.address()), escape(link.name())));
    }
    body.append("</ul>\n");
  }

  /** A table that moves sideways where it is too wide, by the keyboard, too. */
  private void table(String what, Block.Numbers numbers, List<String> marks) {
    body.append(
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table>\n<thead><tr>"
            .formatted(escape(what)));
    if (!marks.isEmpty()) {
      body.append("<th scope=\"col\">result</th>");
    }
    numbers
        .head()
        .forEach(name -> body.append("<th scope=\"col\">%s</th>".formatted(escape(name))));
    body.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < numbers.rows().size(); i++) {
      body.append("<tr>");
      if (!marks.isEmpty()) {
        mark(marks.get(i));
      }
      numbers.rows().get(i).forEach(cell -> body.append("<td>%s</td>".formatted(escape(cell))));
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
  }

  private void mark(String mark) {
    body.append(
        "<td class=\"mark %s\"><span aria-hidden=\"true\">%s</span> %s</td>"
            .formatted(
                SIGNS.containsKey(mark) ? mark.replace(' ', '-') : "",
                SIGNS.getOrDefault(mark, ""),
                escape(mark)));
  }

  private void talk(Block.Talk talk) {
    body.append("<article class=\"talk\"><h3>").append(escape(talk.title())).append("</h3>");
    body.append("<blockquote>").append(escape(talk.prompt()));
    body.append("</blockquote><div class=\"sides\">\n");
    for (Block.Said said : talk.sides()) {
      body.append("<div><h4>").append(escape(said.who())).append("</h4><dl>\n");
      for (Block.Line line : said.lines()) {
        body.append("<dt>%s</dt><dd>%s</dd>\n".formatted(escape(line.name()), escape(line.text())));
      }
      body.append("</dl>");
      score(said.score());
      body.append("</div>\n");
    }
    body.append("</div></article>\n");
  }

  private void score(Block.Line score) {
    String form =
        score.text().isEmpty()
            ? "<p class=\"score\">%s%s</p>"
            : "<details class=\"score\"><summary>%s</summary><pre tabindex=\"0\">%s</pre></details>";
    body.append(form.formatted(escape(score.name()), escape(score.text())));
  }

  private static String escape(String text) {
    return VisibleText.lines(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream file = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
