package io.arete.rlaif.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who copies a snippet from docs/library.md gets what examples/consumer compiled and ran. */
class LibraryPageTest {

  private static final Path CONSUMER = Path.of("../examples/consumer");

  @Test
  void everySnippetOfThePageIsTheConsumers() throws IOException {
    Map<String, String> shown =
        snippets(Path.of("../docs/library.md"), "<!-- snippet (\\w+) -->\n```\\w+\n(.*?)```");
    Map<String, String> compiled =
        snippets(
            CONSUMER.resolve("src/main/java/org/example/Snippets.java"),
            "// snippet (\\w+)\n(.*?) *// end");
    compiled.putAll(
        snippets(CONSUMER.resolve("pom.xml"), "<!-- snippet (\\w+) -->\n(.*?) *<!-- end -->"));
    assertThat(shown).isNotEmpty().isEqualTo(compiled);
  }

  private static Map<String, String> snippets(Path file, String pattern) throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(Files.readString(file))
        .results()
        .forEach(found -> snippets.put(found.group(1), found.group(2)));
    return snippets;
  }
}
