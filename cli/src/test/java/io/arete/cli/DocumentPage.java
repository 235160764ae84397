package io.arete.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page that users read: Markdown, a recipe or a script.
 *
 * @param file where it is
 * @param prose paragraphs outside of code, each in one line
 * @param code lines of code, those that go on with a backslash or in open quotes joined
 */
record DocumentPage(Path file, List<String> prose, List<String> code) {

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

  /** All pages below the root of the sources. */
  static List<DocumentPage> all(Path root) throws IOException {
    List<DocumentPage> pages = new ArrayList<>();
    pages.add(read(root.resolve("README.md")));
    for (String folder : List.of("docs", "recipes", "examples", "models")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        for (Path file : files.filter(DocumentPage::isPage).sorted().toList()) {
          pages.add(read(file));
        }
      }
    }
    return pages;
  }

  /** What a build has copied is no page. */
  private static boolean isPage(Path file) {
    return file.toString().matches("(?!.*[/\\\\]target[/\\\\]).*\\.(md|sh|yaml)");
  }

  static DocumentPage read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (file.toString().endsWith(".md")) {
      return ofMarkdown(file, lines);
    }
    if (file.toString().endsWith(".sh")) {
      return new DocumentPage(file, List.of(), joined(lines));
    }
    // A recipe's comments: commands stand apart, three blanks in, and what they do behind them.
    List<String> code =
        lines.stream()
            .filter(line -> line.startsWith("#   "))
            .map(line -> line.substring(1).strip().replaceFirst(" {3,}.*", ""))
            .toList();
    return new DocumentPage(file, lines, joined(code));
  }

  private static DocumentPage ofMarkdown(Path file, List<String> lines) {
    List<String> prose = new ArrayList<>();
    List<String> code = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    boolean fenced = false;
    for (String line : lines) {
      boolean fence = line.strip().startsWith("```");
      boolean isCode = fenced || line.startsWith("    ");
      if (fence || isCode || line.isBlank() || line.startsWith("|")) {
        prose.add(paragraph.toString());
        paragraph.setLength(0);
      }
      if (fence) {
        fenced = !fenced;
      } else if (isCode) {
        code.add(line);
      } else if (!line.isBlank()) {
        paragraph.append(line.strip()).append(' ');
      }
    }
    prose.add(paragraph.toString());
    return new DocumentPage(file, prose, joined(code));
  }

  private static List<String> joined(List<String> lines) {
    List<String> all = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : lines) {
      boolean open = part.stripTrailing().endsWith("\\");
      String text = open ? part.stripTrailing().replaceAll("\\\\$", "") : part;
      line.append(text).append(' ');
      if (!open && line.chars().filter(c -> c == '"').count() % 2 == 0) {
        all.add(line.toString());
        line.setLength(0);
      }
    }
    all.add(line.toString());
    return all;
  }

  /** Targets of links to files of this project, with their anchors. */
  List<String> links() {
    return prose.stream()
        .flatMap(text -> LINK.matcher(text).results())
        .map(found -> found.group(1))
        .filter(target -> !target.matches("[a-z]+:.*"))
        .toList();
  }

  /** What stands between backquotes. */
  List<String> spans() {
    return prose.stream()
        .flatMap(text -> SPAN.matcher(text).results())
        .map(found -> found.group(1))
        .toList();
  }

  /** The names that a link can give to this page's headings, as GitHub makes them. */
  Set<String> anchors() {
    return prose.stream()
        .filter(text -> text.startsWith("#"))
        .map(DocumentPage::anchor)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String anchor(String heading) {
    Matcher signs = Pattern.compile("[^\\p{L}\\p{N} _-]").matcher(heading.replaceAll("^#+", ""));
    return signs.replaceAll("").strip().toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
