package io.arete.cli;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the gates say of a mistake.
 *
 * @param named the gate that should name it; empty for none
 * @param gates those that warn or stop
 */
record MistakeRow(
    String mistake, String strength, String named, boolean stopped, List<Said> gates) {

  private static final String STOPPED = "stopped";

  /**
   * A gate that warns or stops.
   *
   * @param about a facet, or empty
   */
  record Said(String gate, String about, String outcome, String value) {

    private boolean stops() {
      return outcome.equals(STOPPED);
    }

    private String told() {
      return (about.isEmpty() ? "" : "(" + about + ") ") + (stops() ? "" : "warns: ") + value;
    }
  }

  /** As a line of the table "What stops each" of docs/why-no-gain.md. */
  String line() {
    String says = says().isEmpty() ? "" : " " + says();
    return "| " + mistake + " | " + strength + " | " + naming() + " |" + says + " |";
  }

  /** What the gate that should name it does: {@code stopped}, {@code warned} or {@code passed}. */
  String outcome() {
    return own().stream()
        .map(Said::outcome)
        .max(Comparator.comparing(STOPPED::equals))
        .orElse("passed");
  }

  /** Gates that only warn, with their numbers. */
  List<String> warnings() {
    return gates.stream()
        .filter(said -> !said.stops())
        .map(said -> said.gate() + " " + said.told())
        .toList();
  }

  /** Of the gate that should name it; where none should, of those that stop. */
  private List<Said> own() {
    return gates.stream()
        .filter(said -> named.isEmpty() ? said.stops() : said.gate().equals(named))
        .toList();
  }

  private String naming() {
    List<String> others =
        gates.stream()
            .filter(said -> said.stops() && !said.gate().equals(named))
            .map(said -> "`" + said.gate() + "`")
            .distinct()
            .toList();
    if (named.isEmpty()) {
      return others.isEmpty() ? "no gate stops" : String.join(", ", others) + " stopped";
    }
    String also = others.isEmpty() ? "" : ", also " + String.join(", ", others);
    return "`" + named + "` " + outcome() + also;
  }

  private String says() {
    String said = own().stream().map(Said::told).collect(Collectors.joining("; "));
    return said.isEmpty() && !named.isEmpty() ? "–" : said;
  }
}
