package io.arete.rlaif.recipe;

import io.arete.rlaif.recipe.RunFigures.Figure;
import io.arete.rlaif.run.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All runs as comma-separated values: a line a run, and one more for a recipe over its seeds. */
final class TreeCsv {

  private final List<CellFigures> cells;

  TreeCsv(List<CellFigures> cells) {
    this.cells = cells;
  }

  String text() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head());
    for (CellFigures cell : cells) {
      for (int i = 0; i < cell.runs().size(); i++) {
        rows.add(run(cell, i));
      }
      if (!cell.recipe().isEmpty()) {
        rows.add(recipe(cell));
      }
    }
    return rows.stream()
        .map(row -> row.stream().map(TreeCsv::quoted).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private List<String> head() {
    List<String> head = new ArrayList<>(cells.get(0).cell().settings().keySet());
    head.addAll(List.of("seed", "state", "reward_truly_right"));
    for (Figure figure : Figure.values()) {
      head.add(figure.wireName());
      head.add(figure.wireName() + "_low");
      head.add(figure.wireName() + "_high");
    }
    for (Stage stage : Stage.values()) {
      head.add("seconds_" + stage.wireName());
    }
    for (Stage stage : Stage.values()) {
      head.add("peak_bytes_" + stage.wireName());
    }
    head.add("reason");
    return head;
  }

  private static List<String> run(CellFigures cell, int place) {
    RunFigures run = cell.told(place);
    List<String> row = new ArrayList<>(cell.cell().settings().values());
    row.add(Long.toString(cell.seed(place)));
    row.add(run.state());
    row.add(run.trulyRight().isPresent() ? number(run.trulyRight().getAsDouble()) : "");
    figures(cell.models().get(place), row);
    for (Stage stage : Stage.values()) {
      row.add(Optional.ofNullable(run.seconds().get(stage)).map(TreeCsv::number).orElse(""));
    }
    for (Stage stage : Stage.values()) {
      Double bytes = run.peaks().get(stage);
      row.add(bytes == null ? "" : Long.toString(Math.round(bytes)));
    }
    row.add(run.reason());
    return row;
  }

  private static List<String> recipe(CellFigures cell) {
    List<String> row = new ArrayList<>(cell.cell().settings().values());
    row.addAll(List.of("all", "over seeds", ""));
    figures(cell.recipe(), row);
    int empty = 2 * Stage.values().length + 1;
    for (int i = 0; i < empty; i++) {
      row.add("");
    }
    return row;
  }

  private static void figures(Map<Figure, Measured> found, List<String> row) {
    for (Figure figure : Figure.values()) {
      Measured measured = found.get(figure);
      row.add(measured == null ? "" : number(measured.value()));
      row.add(measured == null ? "" : number(measured.interval().low()));
      row.add(measured == null ? "" : number(measured.interval().high()));
    }
  }

  private static String number(double value) {
    return TextTable.format("%.6g", value);
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
