package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.evaluation.Doubt;
import io.arete.rlaif.evaluation.VerdictDoubts;
import io.arete.rlaif.recipe.RunFigures.Figure;
import io.arete.rlaif.stats.HierarchicalBootstrap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The runs of one cell: each model by itself, and the recipe over its seeds.
 *
 * @param cell which
 * @param feedback the run that makes the feedback for all seeds, or the only one
 * @param runs in the order of the seeds
 * @param models each run's figures with intervals over prompts
 * @param recipe figures with intervals over seeds and prompts; none of what fewer than three seeds
 *     have
 */
record CellFigures(
    RunTree.Cell cell,
    RunFigures feedback,
    List<RunFigures> runs,
    List<Map<Figure, Measured>> models,
    Map<Figure, Measured> recipe) {

  static CellFigures read(RunTree.Cell cell) {
    List<RunFigures> runs = cell.runs().stream().map(RunFigures::read).toList();
    List<Map<Figure, Measured>> models = new ArrayList<>();
    Map<Figure, Measured> recipe = new EnumMap<>(Figure.class);
    EvaluationSection settings = cell.recipe().evaluation();
    for (RunFigures run : runs) {
      Map<Figure, Measured> own = new EnumMap<>(Figure.class);
      run.byPrompt()
          .forEach(
              (figure, numbers) ->
                  Measured.ofModel(numbers, settings.bootstrap(), draws(settings, figure))
                      .ifPresent(measured -> own.put(figure, measured)));
      models.add(own);
    }
    for (Figure figure : Figure.values()) {
      List<Map<String, Double>> numbers =
          runs.stream()
              .filter(run -> run.byPrompt().containsKey(figure))
              .map(run -> run.byPrompt().get(figure))
              .toList();
      Measured.ofRecipe(numbers, settings.bootstrap(), draws(settings, figure).at("seeds"))
          .ifPresent(measured -> recipe.put(figure, measured));
    }
    return new CellFigures(cell, RunFigures.read(cell.folder()), runs, models, recipe);
  }

  private static CountedRandom draws(EvaluationSection settings, Figure figure) {
    return CountedRandom.of(settings.seed()).at("tree").at(figure.wireName());
  }

  /** A run's seed. */
  long seed(int place) {
    return cell.seeds().isEmpty() ? cell.recipe().general().seed() : cell.seeds().get(place);
  }

  /** A run's state; where the feedback was stopped there is none to take. */
  RunFigures told(int place) {
    boolean begun = !runs.get(place).state().equals("not begun");
    return begun ? runs.get(place) : feedback;
  }

  /** What may be said of the recipe: a sentence, also where it cannot be told. */
  String sentence() {
    long evaluated = runs.stream().filter(run -> run.byPrompt().containsKey(Figure.SCORE)).count();
    Measured score = recipe.get(Figure.SCORE);
    if (score == null) {
      return TextTable.format(
          "This recipe: cannot tell, %d of its seeds came to an evaluation but at least %d must"
              + " (seeds: [1, 2, 3]).",
          evaluated, HierarchicalBootstrap.LEAST_SEEDS);
    }
    double low = score.interval().low();
    double high = score.interval().high();
    String numbers =
        TextTable.format(
            "tuned - base is %s (95 %% interval over %d seeds and %d prompts; sd between seeds"
                + " %.3f)",
            score.text(true), score.seeds(), score.prompts(), score.betweenSeeds());
    String left =
        evaluated < runs.size()
            ? TextTable.format(
                " Only %d of %d seeds came to an evaluation.", evaluated, runs.size())
            : "";
    if (low > 0) {
      List<String> against = against(evaluated);
      String word = against.isEmpty() ? "gain" : "cannot tell";
      String but = against.isEmpty() ? "" : ", but " + String.join("; ", against);
      return "This recipe: " + word + ", " + numbers + ", all of it above 0" + but + "." + left;
    }
    String shows =
        TextTable.format(
            "a true difference of %.3f would have shown in 80 of 100 such studies",
            score.smallestDetectable());
    if (high <= 0) {
      return "This recipe: no gain, " + numbers + ", none of it above 0; " + shows + "." + left;
    }
    return "This recipe: cannot tell, "
        + numbers
        + ", which holds 0; "
        + shows
        + ", and "
        + wouldTell(score)
        + "."
        + left;
  }

  private static String wouldTell(Measured score) {
    return score.timesToTell().isPresent()
        ? TextTable.format(
            "if what was found is the truth, about %d times as many seeds and as many prompts"
                + " would tell",
            score.timesToTell().getAsInt())
        : "what was found is too small to be shown by any number that could be made";
  }

  /**
   * What keeps it from being a gain. The truth is asked over all seeds at once; of anything else, a
   * doubt that most seeds have is one of the recipe.
   */
  private List<String> against(long evaluated) {
    List<String> against = new ArrayList<>();
    Measured worth = recipe.get(Figure.WORTH);
    if (worth != null && worth.interval().low() <= 0) {
      against.add("the truth has " + worth.text(true));
    }
    Map<String, List<Doubt>> others =
        runs.stream()
            .flatMap(run -> run.doubts().stream())
            .filter(doubt -> !doubt.by().equals(VerdictDoubts.TRUTH))
            .collect(Collectors.groupingBy(Doubt::by, LinkedHashMap::new, Collectors.toList()));
    others.values().stream()
        .filter(same -> 2L * same.size() > evaluated)
        .forEach(
            same ->
                against.add(
                    TextTable.format(
                        "in %d of %d seeds, as in this one: %s",
                        same.size(), evaluated, same.get(0).says())));
    return against;
  }

  ObjectNode toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode settings = root.putObject("settings");
    cell.settings().forEach(settings::put);
    root.put("folder", cell.folder().toString());
    ArrayNode rows = root.putArray("runs");
    for (int i = 0; i < runs.size(); i++) {
      ObjectNode row = told(i).toJson();
      row.put("seed", seed(i)).put("folder", cell.runs().get(i).toString());
      models.get(i).forEach((figure, found) -> row.set(figure.wireName(), found.toJson()));
      rows.add(row);
    }
    if (!cell.seeds().isEmpty()) {
      ObjectNode over = root.putObject("over_seeds").put("sentence", sentence());
      recipe.forEach((figure, found) -> over.set(figure.wireName(), found.toJson()));
    }
    return root;
  }

  /** The model's or the recipe's number as text, or a dash. */
  static String text(Map<Figure, Measured> found, Figure figure) {
    return Optional.ofNullable(found.get(figure))
        .map(measured -> measured.text(figure != Figure.ACCURACY))
        .orElse("-");
  }
}
