package io.arete.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where pictures are shown: drawn over the last one on a terminal, one below the other elsewhere.
 *
 * @param terminal whether standard output is one
 * @param colored whether colors are welcome
 */
record WatchScreen(boolean terminal, boolean colored) {

  /** Set by the launcher, to rows and columns, if standard output is a terminal. */
  static final String SIZE_PROPERTY = "arete.screen";

  private static final int PLAIN_COLUMNS = 100;
  private static final int SECONDS_FOR_STTY = 2;

  /** That of this process; {@code NO_COLOR} and a dumb terminal have no colors. */
  static WatchScreen ofProcess() {
    boolean terminal = System.getProperty(SIZE_PROPERTY) != null;
    Map<String, String> environment = System.getenv();
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new WatchScreen(terminal, terminal && !plain);
  }

  /** Rows and columns. */
  record Size(int rows, int columns) {}

  /** How large it is now: a window may have been made smaller. No terminal has no last row. */
  Size size() {
    return terminal
        ? sttySize().or(() -> parse(System.getProperty(SIZE_PROPERTY, ""))).orElse(new Size(24, 80))
        : new Size(Integer.MAX_VALUE, PLAIN_COLUMNS);
  }

  /** Shows a picture. */
  void show(List<String> lines, Size size, PrintWriter out) {
    if (!terminal) {
      lines.forEach(out::println);
      out.println();
      out.flush();
      return;
    }
    List<String> fitting = lines.subList(0, Math.min(lines.size(), size.rows() - 1));
    List<String> drawn = new ArrayList<>();
    // To the top left; each line clears what is left of the old one, the last all below it.
    fitting.forEach(line -> drawn.add(line + "\033[K\r\n"));
    out.print("\033[H" + String.join("", drawn) + "\033[J");
    out.flush();
  }

  /** Makes room for the first picture. */
  void open(PrintWriter out) {
    if (terminal) {
      out.print("\033[2J");
    }
  }

  private static Optional<Size> sttySize() {
    File device = new File("/dev/tty");
    if (!device.exists()) {
      return Optional.empty();
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(device)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // Its few bytes wait in the pipe.
      if (!stty.waitFor(SECONDS_FOR_STTY, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Rows, a blank, columns; empty if it is anything else, or the terminal does not know. */
  static Optional<Size> parse(String text) {
    String size = text.strip();
    if (!size.matches("[1-9][0-9]{0,4} [1-9][0-9]{0,4}")) {
      return Optional.empty();
    }
    int blank = size.indexOf(' ');
    return Optional.of(
        new Size(
            Integer.parseInt(size.substring(0, blank)),
            Integer.parseInt(size.substring(blank + 1))));
  }
}
