package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.recipe.RunFigures.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What another value of one key changes, all else equal: the mean difference over all pairs of
 * cells that differ in this key alone, prompt by prompt and seed by seed.
 *
 * <p>The ensemble's score is not compared between cells: each has reward models of its own, and so
 * a scale of its own.
 *
 * @param key the key
 * @param from its first value in the grid
 * @param to another value
 * @param figure what is compared
 * @param pairs of cells in which every seed has the figure
 * @param allPairs of cells that differ in the key alone
 * @param change to less from; empty with fewer than three seeds, or no pairs
 */
record AxisEffect(
    String key,
    String from,
    String to,
    Figure figure,
    int pairs,
    int allPairs,
    Optional<Measured> change) {

  private static final List<Figure> COMPARED = List.of(Figure.ACCURACY, Figure.WORTH);

  /** Two cells that differ in one key. */
  private record Pair(CellFigures from, CellFigures to) {

    boolean has(Figure figure) {
      return complete(from, figure) && complete(to, figure);
    }

    private static boolean complete(CellFigures cell, Figure figure) {
      return cell.runs().stream().allMatch(run -> run.byPrompt().containsKey(figure));
    }

    /** A seed's difference by prompt. */
    Map<String, Double> difference(int seed, Figure figure) {
      Map<String, Double> before = numbers(from, seed, figure);
      Map<String, Double> difference = new LinkedHashMap<>();
      numbers(to, seed, figure)
          .forEach(
              (prompt, number) -> {
                Double other = before.get(prompt);
                if (other != null) {
                  difference.put(prompt, number - other);
                }
              });
      return difference;
    }

    private static Map<String, Double> numbers(CellFigures cell, int seed, Figure figure) {
      return Objects.requireNonNull(cell.runs().get(seed).byPrompt().get(figure));
    }
  }

  /** The effects of every key of a grid, in the grid's order; none without a grid. */
  static List<AxisEffect> of(List<CellFigures> cells) {
    List<AxisEffect> effects = new ArrayList<>();
    for (String key : cells.get(0).cell().settings().keySet()) {
      LinkedHashSet<String> values = new LinkedHashSet<>();
      cells.forEach(cell -> values.add(value(cell, key)));
      String first = values.iterator().next();
      values.remove(first);
      for (String value : values) {
        for (Figure figure : COMPARED) {
          effects.add(of(cells, key, first, value, figure));
        }
      }
    }
    return effects;
  }

  private static AxisEffect of(
      List<CellFigures> cells, String key, String from, String to, Figure figure) {
    List<Pair> all = new ArrayList<>();
    for (CellFigures cell : cells) {
      if (value(cell, key).equals(from)) {
        Map<String, String> wanted = new HashMap<>(cell.cell().settings());
        wanted.put(key, to);
        cells.stream()
            .filter(other -> other.cell().settings().equals(wanted))
            .forEach(other -> all.add(new Pair(cell, other)));
      }
    }
    List<Pair> pairs = all.stream().filter(pair -> pair.has(figure)).toList();
    Optional<Measured> change = Optional.empty();
    if (!pairs.isEmpty()) {
      EvaluationSection settings = cells.get(0).cell().recipe().evaluation();
      CountedRandom draws =
          CountedRandom.of(settings.seed()).at("effect").at(key).at(to).at(figure.wireName());
      change = Measured.ofRecipe(bySeed(pairs, figure), settings.bootstrap(), draws);
    }
    return new AxisEffect(key, from, to, figure, pairs.size(), all.size(), change);
  }

  /** For each seed the mean over the pairs, by the prompts that all of them have. */
  private static List<Map<String, Double>> bySeed(List<Pair> pairs, Figure figure) {
    List<Map<String, Double>> seeds = new ArrayList<>();
    for (int seed = 0; seed < pairs.get(0).from().runs().size(); seed++) {
      Map<String, Double> sums = new LinkedHashMap<>(pairs.get(0).difference(seed, figure));
      for (Pair pair : pairs.subList(1, pairs.size())) {
        Map<String, Double> own = pair.difference(seed, figure);
        sums.keySet().retainAll(own.keySet());
        sums.replaceAll((prompt, sum) -> sum + Objects.requireNonNull(own.get(prompt)));
      }
      sums.replaceAll((prompt, sum) -> sum / pairs.size());
      seeds.add(sums);
    }
    return seeds;
  }

  private static String value(CellFigures cell, String key) {
    return Objects.requireNonNull(cell.cell().settings().get(key));
  }

  ObjectNode toJson() {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("key", key)
            .put("from", from)
            .put("to", to)
            .put("figure", figure.wireName())
            .put("pairs_of_cells", pairs)
            .put("all_pairs_of_cells", allPairs);
    change.ifPresent(measured -> row.set("change", measured.toJson()));
    return row;
  }

  /** One line of the table. */
  void write(TextTable text) {
    text.line(
        "  %-44s %-16s %-26s %d of %d pairs of cells",
        key + ": " + to + " less " + from,
        figure == Figure.ACCURACY ? "reward accuracy" : "true worth",
        change.map(measured -> measured.text(true)).orElse("cannot tell"),
        pairs,
        allPairs);
  }
}
