package io.arete.engine.text.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a published template is damaged, it renders or fails with a sentence. */
class MutatedTemplateTest {

  private static final int TEMPLATES = 20_000;
  private static final String[] PIECES = {
    "{{",
    "}}",
    "{%",
    "%}",
    "{%-",
    "-%}",
    "{#",
    "#}",
    "'",
    "\"",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    ".",
    ",",
    ":",
    "~",
    "+",
    "-",
    "*",
    "**",
    "//",
    "%",
    "==",
    " in ",
    " is ",
    " not ",
    " if ",
    " else ",
    "{% endfor %}",
    "{% endif %}",
    "{% else %}",
    "{% break %}",
    "{% raw %}",
    "loop",
    "messages",
    "|list",
    "|tojson",
    "|length",
    "|map('upper')",
    "|join",
    "[::-1]",
    "[1:]",
    "none",
    "range(9)",
    "namespace()",
    "é",
    "\n",
    "9",
    "1e9",
    "message",
    ".items()",
    ".split()",
    "caller()"
  };

  @Test
  void neverEndsInAnythingButTextOrASentence() {
    JsonNode golden = GoldenFiles.json("chat-templates/golden.json");
    List<String> sources = new ArrayList<>();
    golden.get("templates").forEach(template -> sources.add(template.textValue()));
    List<Map<String, Object>> contexts = new ArrayList<>();
    golden.get("contexts").forEach(json -> contexts.add(ChatTemplateGoldenTest.variables(json)));
    Random random = new Random(20260101);
    int rendered = 0;
    for (int i = 0; i < TEMPLATES; i++) {
      String source = mutated(sources.get(random.nextInt(sources.size())), random);
      rendered += renders(source, contexts.get(random.nextInt(contexts.size()))) ? 1 : 0;
    }
    assertThat(rendered).isBetween(1, TEMPLATES - 1);
  }

  private static boolean renders(String source, Map<String, Object> context) {
    try {
      return JinjaTemplate.parse(source).render(context) != null;
    } catch (AreteException e) {
      assertThat(e.getMessage()).contains("line");
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("this template breaks the interpreter: " + source, e);
    }
  }

  private static String mutated(String source, Random random) {
    StringBuilder text = new StringBuilder(source);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        default -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
      }
    }
    return text.toString();
  }
}
