package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.recipe.RunFigures.Figure;
import io.arete.rlaif.stats.HierarchicalBootstrap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

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
 * @param change to less from, over seeds and prompts; empty with fewer than three seeds, or no
 *     pairs
 * @param here the same of these models alone, over prompts, where there are fewer than three seeds
 */
record AxisEffect(
    String key,
    String from,
    String to,
    Figure figure,
    int pairs,
    int allPairs,
    Optional<Measured> change,
    Optional<Measured> here) {

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
    Optional<Measured> here = Optional.empty();
    if (!pairs.isEmpty()) {
      EvaluationSection settings = cells.get(0).cell().recipe().evaluation();
      CountedRandom draws =
          CountedRandom.of(settings.seed()).at("effect").at(key).at(to).at(figure.wireName());
      List<Map<String, Double>> seeds = bySeed(pairs, figure);
      if (tells(cells)) {
        change = Measured.ofRecipe(seeds, settings.bootstrap(), draws);
      } else {
        here = Measured.ofModel(mean(seeds), settings.bootstrap(), draws);
      }
    }
    return new AxisEffect(key, from, to, figure, pairs.size(), all.size(), change, here);
  }

  /** Whether there are enough seeds to tell of a setting, and not of these models alone. */
  private static boolean tells(List<CellFigures> cells) {
    return cells.get(0).runs().size() >= HierarchicalBootstrap.LEAST_SEEDS;
  }

  /** For each seed the mean over the pairs, by the prompts that all of them have. */
  private static List<Map<String, Double>> bySeed(List<Pair> pairs, Figure figure) {
    return IntStream.range(0, pairs.get(0).from().runs().size())
        .mapToObj(seed -> mean(pairs.stream().map(pair -> pair.difference(seed, figure)).toList()))
        .toList();
  }

  /** By the prompts that all have. */
  private static Map<String, Double> mean(List<Map<String, Double>> all) {
    Map<String, Double> mean = new LinkedHashMap<>(all.get(0));
    for (Map<String, Double> other : all.subList(1, all.size())) {
      mean.keySet().retainAll(other.keySet());
      mean.replaceAll((prompt, sum) -> sum + Objects.requireNonNull(other.get(prompt)));
    }
    mean.replaceAll((prompt, sum) -> sum / all.size());
    return mean;
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
    here.ifPresent(measured -> row.set("change_in_these_models", measured.toJson()));
    return row;
  }

  /** What stands above the lines. */
  static String heading(List<CellFigures> cells) {
    return tells(cells)
        ? "what a setting changes, all else equal (95 % over seeds and prompts)"
        : TextTable.format(
            "what a setting changed in these models, all else equal (95 %% over prompts alone; what"
                + " it does beyond them, %d seeds or more would tell)",
            HierarchicalBootstrap.LEAST_SEEDS);
  }

  /** One line of the table. */
  void write(TextTable text) {
    text.line(
        "  %-44s %-16s %-26s %d of %d pairs of cells",
        key + ": " + to + " less " + from,
        figure == Figure.ACCURACY ? "reward accuracy" : "true worth",
        change.or(() -> here).map(measured -> measured.text(true)).orElse("cannot tell"),
        pairs,
        allPairs);
  }
}
