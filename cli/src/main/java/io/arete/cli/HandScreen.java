package io.arete.cli;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Virtue;
import io.arete.rlaif.labeling.HandLabels;
import io.arete.rlaif.labeling.HandLabels.Answer;
import io.arete.rlaif.labeling.HandLabels.Shown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a person labels: pairs on the terminal, answers from the keyboard. */
final class HandScreen {

  private static final int LEAST_COLUMNS = 20;

  /** Longer texts are shown in part first: a megabyte would push the rest off the screen. */
  private static final int SHOWN_CHARACTERS = 4000;

  private final BufferedReader keys;
  private final PrintWriter screen;
  private final int columns;

  /** A screen that reads those keys; all that it shows is for people, so goes to messages. */
  HandScreen(InputStream keys, PrintWriter screen) {
    this.keys = new BufferedReader(new InputStreamReader(keys, StandardCharsets.UTF_8));
    this.screen = screen;
    Integer told = Progress.columns();
    this.columns = Math.max(LEAST_COLUMNS, told == null ? Progress.USUAL_COLUMNS : told);
  }

  /** Asks until every pair is answered, or the person quits, or the keys end. */
  void run(HandLabels labels, Constitution constitution, Facet facet) {
    screen.println(labels.columnsTold());
    show(question(constitution, facet));
    show(
        "Type 1 or 2 for the better one, = if they are as good, u to take the last answer back, m"
            + " for more of a long text, q to quit; then Enter. Every answer is saved at once.");
    Optional<Shown> shown = labels.next();
    while (shown.isPresent()) {
      head(labels);
      show(shown.get(), SHOWN_CHARACTERS);
      if (!answered(labels, shown.get())) {
        left(labels);
        return;
      }
      shown = labels.next();
    }
    screen.println("Every pair has an answer.");
    screen.flush();
  }

  private static String question(Constitution constitution, Facet facet) {
    String virtues =
        constitution.virtues().stream()
            .filter(virtue -> virtue.weight() > 0)
            .map(Virtue::name)
            .collect(Collectors.joining(", "));
    String part = constitution.judge().parts().getOrDefault(facet, facet.wireName());
    return "Which " + withinASentence(part) + " shows more virtue (" + virtues + ")?";
  }

  /** A constitution writes names as headings; one in capitals stays so. */
  private static String withinASentence(String name) {
    boolean heading = name.length() < 2 || !Character.isUpperCase(name.charAt(1));
    return heading ? name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) : name;
  }

  /** What is left to do for whoever stops before the end. */
  private void left(HandLabels labels) {
    screen.printf(
        "%d of %d left; the same command goes on.%n",
        labels.total() - labels.answered(), labels.total());
    screen.flush();
  }

  private void head(HandLabels labels) {
    screen.println();
    screen.println("-- pair %d of %d --".formatted(labels.answered() + 1, labels.total()));
  }

  private void show(Shown pair, int most) {
    for (Message message : pair.prompt()) {
      screen.println();
      screen.println(message.role().wireName() + ":");
      show(part(message.content(), most));
    }
    show("1", pair.first(), most);
    show("2", pair.second(), most);
    screen.println();
  }

  private void show(String number, String text, int most) {
    screen.println();
    screen.println("[" + number + "]");
    show(part(text, most));
  }

  private void show(String text) {
    WrappedText.lines(text, columns).forEach(screen::println);
  }

  private static String part(String text, int most) {
    return text.length() <= most
        ? text
        : text.substring(0, most) + "\n(… " + (text.length() - most) + " characters more: m)";
  }

  /** Reads keys until one of them changes what comes next; false to quit. */
  private boolean answered(HandLabels labels, Shown pair) {
    while (true) {
      String key = key();
      if (key == null || key.equals("q")) {
        return false;
      }
      switch (key) {
        case "1" -> labels.answer(Answer.FIRST);
        case "2" -> labels.answer(Answer.SECOND);
        case "=" -> labels.answer(Answer.TIE);
        case "u" -> {
          if (!labels.undo()) {
            screen.println("(there is no answer to take back)");
            continue;
          }
        }
        case "m" -> {
          show(pair, Integer.MAX_VALUE);
          continue;
        }
        default -> {
          screen.println("(type 1, 2, =, u, m or q)");
          continue;
        }
      }
      return true;
    }
  }

  private @Nullable String key() {
    screen.print("1, 2, =, u, q: ");
    screen.flush();
    try {
      String line = keys.readLine();
      if (line == null) {
        screen.println();
        return null;
      }
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
