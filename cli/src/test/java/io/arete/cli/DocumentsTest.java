package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A page that names a file, a command or an option which is not there sends its reader astray. */
class DocumentsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void everyLinkLeadsToAFileAndItsHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (DocumentPage page : DocumentPage.all(ROOT)) {
      for (String link : page.links()) {
        if (!leadsSomewhere(page, link)) {
          broken.add(ROOT.relativize(page.file()) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyCommandIsOneThatCanBeTyped() throws IOException {
    CommandLine root = Main.commandLine(new AreteCommand(StandardStreams.ofProcess()));
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (DocumentPage page : DocumentPage.all(ROOT)) {
      for (DocumentedCommand command : DocumentedCommand.of(page)) {
        seen++;
        command
            .fault(root)
            .ifPresent(
                fault ->
                    wrong.add(
                        "%s: %s (arete %s)"
                            .formatted(ROOT.relativize(page.file()), fault, command.text())));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).isGreaterThan(100);
  }

  @Test
  void everyPageIsInTheIndex() throws IOException {
    DocumentPage index = DocumentPage.read(ROOT.resolve("docs/README.md"));
    for (DocumentPage page : DocumentPage.all(ROOT)) {
      Path file = page.file();
      if (file.getParent().equals(ROOT.resolve("docs")) && !file.endsWith("README.md")) {
        assertThat(index.links()).contains(file.getFileName().toString());
      }
    }
  }

  @Test
  void whatIsWrongIsFound(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("page.md"),
            """
            # A page

            See [there](none.md), [here](#a-page) and `arete label FILE
            --by-hand`, not `arete lable`.

                ./arete run RECIPE --dry-run \\
                    --set reward.epoch=2
                ./arete report RUN --loud    # a remark
            """);
    DocumentPage page = DocumentPage.read(file);
    assertThat(page.links())
        .filteredOn(link -> !leadsSomewhere(page, link))
        .containsExactly("none.md");
    CommandLine root = Main.commandLine(new AreteCommand(StandardStreams.ofProcess()));
    assertThat(DocumentedCommand.of(page))
        .flatExtracting(command -> command.fault(root).stream().toList())
        .containsExactly(
            "no recipe has the key 'reward.epoch'",
            "report has no option --loud",
            "arete takes no 'lable' there");
  }

  private static boolean leadsSomewhere(DocumentPage page, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1 || DocumentPage.read(target).anchors().contains(parts[1]));
  }
}
