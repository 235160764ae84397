package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.recipe.RunFigures.Figure;
import io.arete.rlaif.run.AtomicFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * All runs of a recipe with seeds or a grid in one table, read from their files alone: also while
 * they run.
 */
public final class TreeTable {

  /** The table as JSON, in the tree's folder. */
  public static final String JSON = "table.json";

  /** The table for spreadsheets, in the tree's folder. */
  public static final String CSV = "table.csv";

  private static final double MEBIBYTE = 1 << 20;
  private static final String ROW = "  %-6s %-18s %-24s %6s  %-26s %-26s %9s %9s";

  private final RunTree tree;
  private final List<CellFigures> cells;

  private TreeTable(RunTree tree, List<CellFigures> cells) {
    this.tree = tree;
    this.cells = cells;
  }

  /** Reads what there is. */
  public static TreeTable of(RunTree tree) {
    return new TreeTable(tree, tree.cells().stream().map(CellFigures::read).toList());
  }

  /** Writes both files. */
  public void write() {
    AtomicFile.writeText(tree.root().resolve(JSON), JsonFile.text(toJson()));
    AtomicFile.writeText(tree.root().resolve(CSV), new TreeCsv(cells).text());
  }

  /** Everything as one JSON object. */
  public ObjectNode toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("run", tree.root().toString());
    ArrayNode all = root.putArray("cells");
    cells.forEach(cell -> all.add(cell.toJson()));
    if (tree.hasGrid()) {
      ArrayNode effects = root.putArray("effects");
      AxisEffect.of(cells).forEach(effect -> effects.add(effect.toJson()));
    } else {
      root.put("this_model", thisModel());
      root.put("this_recipe", cells.get(0).sentence());
    }
    return root;
  }

  /** The table for people; of seeds without a grid, with the two sentences. */
  public String text() {
    TextTable text = new TextTable();
    text.line("Run %s", tree.root());
    text.line("");
    text.line(
        ROW,
        "seed",
        "state",
        "reward accuracy (95 %)",
        "true",
        "score, tuned - base",
        "true worth, tuned - base",
        "memory",
        "time");
    cells.forEach(cell -> cell(cell, text));
    text.line("");
    reasons(text);
    text.line(
        "reward accuracy: held-out pairs ordered as labelled; true: ordered as the truth would,"
            + " where it is known.");
    text.line(
        "memory: the most that the process held, its libraries too; time: of all stages, also where"
            + " another run had made them.");
    text.line("");
    if (tree.hasGrid()) {
      text.line("%s", AxisEffect.heading(cells));
      AxisEffect.of(cells).forEach(effect -> effect.write(text));
    } else {
      text.line("%s", thisModel());
      text.line("%s", cells.get(0).sentence());
    }
    return text.toString();
  }

  private void cell(CellFigures cell, TextTable text) {
    if (tree.hasGrid()) {
      text.line("%s", cell.cell().name());
    }
    for (int i = 0; i < cell.runs().size(); i++) {
      RunFigures run = cell.told(i);
      text.line(
          ROW,
          cell.seed(i),
          run.state(),
          CellFigures.text(cell.models().get(i), Figure.ACCURACY),
          share(run.trulyRight()),
          CellFigures.text(cell.models().get(i), Figure.SCORE),
          CellFigures.text(cell.models().get(i), Figure.WORTH),
          memory(run.highest()),
          run.seconds().isEmpty() ? "-" : clock(run.allSeconds()));
    }
    if (!cell.recipe().isEmpty()) {
      text.line(
          ROW,
          "all",
          "over seeds",
          CellFigures.text(cell.recipe(), Figure.ACCURACY),
          share(cell.runs().stream().flatMapToDouble(run -> run.trulyRight().stream()).average()),
          CellFigures.text(cell.recipe(), Figure.SCORE),
          CellFigures.text(cell.recipe(), Figure.WORTH),
          memory(cell.runs().stream().flatMapToDouble(run -> run.highest().stream()).max()),
          "");
    }
  }

  /** Why runs were stopped, each reason once. */
  private void reasons(TextTable text) {
    List<String> told = new ArrayList<>();
    for (CellFigures cell : cells) {
      for (int i = 0; i < cell.runs().size(); i++) {
        String reason = cell.told(i).reason();
        if (!reason.isEmpty() && !told.contains(reason)) {
          told.add(reason);
          String name = cell.cell().name();
          text.line(
              "stopped (%sseed %d): %s", name.isEmpty() ? "" : name + ", ", cell.seed(i), reason);
        }
      }
    }
  }

  /** The verdict of the first seed's model, which says nothing about other seeds. */
  private String thisModel() {
    CellFigures cell = cells.get(0);
    RunFigures first = cell.runs().get(0);
    String verdict =
        first.state().equals("not begun")
            ? "No verdict yet: it has not begun."
            : RunSummary.read(cell.cell().runs().get(0)).toJson().path("verdict").asText();
    return "This model (seed " + cell.seed(0) + "): " + verdict;
  }

  private static String share(OptionalDouble share) {
    return share.isPresent() ? TextTable.format("%.3f", share.getAsDouble()) : "-";
  }

  private static String memory(OptionalDouble bytes) {
    return bytes.isPresent() ? TextTable.format("%.0f MiB", bytes.getAsDouble() / MEBIBYTE) : "-";
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return TextTable.format("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
