package io.arete.rlaif.config;

import java.util.ArrayList;
import java.util.List;

/** Writes a recipe as YAML with each key's doc above it. */
final class RecipeWriter {

  private static final int WIDTH = 96;

  private final StringBuilder text = new StringBuilder();
  private List<String> open = List.of();

  private RecipeWriter() {}

  static String yaml(List<KeyList> sections, Values values) {
    RecipeWriter writer = new RecipeWriter();
    for (KeyList section : sections) {
      writer.section(section, values);
    }
    return writer.text.toString();
  }

  private void section(KeyList section, Values values) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    comment("", section.title() + ".");
    for (Key<?> key : section.keys()) {
      key(key, values.print(key));
    }
  }

  private void key(Key<?> key, String value) {
    List<String> path = List.of(key.path().split("\\.", -1));
    List<String> groups = path.subList(0, path.size() - 1);
    openGroups(groups);
    String indent = "  ".repeat(groups.size());
    comment(indent, sentence(key.doc()) + " Allowed: " + key.allowed() + ".");
    text.append(indent).append(path.get(groups.size())).append(": ").append(value).append('\n');
  }

  private void openGroups(List<String> groups) {
    int shared = 0;
    while (shared < Math.min(groups.size(), open.size())
        && groups.get(shared).equals(open.get(shared))) {
      shared++;
    }
    for (int i = shared; i < groups.size(); i++) {
      text.append("  ".repeat(i)).append(groups.get(i)).append(":\n");
    }
    open = new ArrayList<>(groups);
  }

  private void comment(String indent, String words) {
    StringBuilder line = new StringBuilder(indent + "#");
    for (String word : words.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent + "#");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }

  /** The doc with a capital and a full stop. */
  static String sentence(String doc) {
    return Character.toUpperCase(doc.charAt(0)) + doc.substring(1) + ".";
  }
}
