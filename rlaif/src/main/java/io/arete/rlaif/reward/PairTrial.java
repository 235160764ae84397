package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reward models tried on pairs that someone has: as text each reads the prompt and one reply, up to
 * the end of its turn.
 */
public final class PairTrial {

  private final ChatModel base;
  private final GivenTexts texts;
  private final StageListener listener;

  /**
   * A trial.
   *
   * @param base that adapters stand on; borrowed
   * @param maxLength most tokens of a text; a longer prompt is cut from its left
   * @throws AreteException if the base cannot read that many
   */
  public PairTrial(ChatModel base, int maxLength, StageListener listener) {
    this.base = base;
    this.texts = new GivenTexts(base, maxLength, "--max-length");
    this.listener = listener;
  }

  /**
   * Tries models.
   *
   * @param folders reward models of that base, each once
   * @return counts; what evaluation.json says of held-out pairs, for each model; with several, how
   *     far they say the same, here and on the held-out pairs of their run
   * @throws AreteException if fewer than two pairs can be read, or a folder holds no reward model
   */
  public ObjectNode run(List<Path> folders, List<GivenComparison> given) {
    GivenTexts.Read read = texts.read(given);
    List<RewardPair> pairs = read.pairs();
    requireTwo(pairs.size(), given.size(), read.tooLong(), read.identical());
    ObjectNode report =
        JsonNodeFactory.instance
            .objectNode()
            .put("pairs", pairs.size())
            .put("dropped_too_long", read.tooLong())
            .put("dropped_identical", read.identical())
            .put(
                "cut_share", pairs.stream().mapToInt(RewardPair::cut).sum() / (2.0 * pairs.size()));
    Map<Path, double[]> scores = scores(folders, pairs);
    ObjectNode models = report.putObject("models");
    scores.forEach(
        (folder, own) -> {
          ObjectNode row = HeldOutReport.of(new ReadPairs(pairs, own), VirtueVotes.NONE);
          TrainedPrompts.among(given, folder).ifPresent(n -> row.put("prompts_trained_on", n));
          models.set(folder.toString(), row);
        });
    together(report, pairs, scores);
    return report;
  }

  private static void requireTwo(int left, int all, int tooLong, int identical) {
    if (left < 2) {
      throw new AreteException(
          "Only "
              + left
              + " of "
              + all
              + " pairs can be compared, but 2 are needed ("
              + tooLong
              + " have a reply that is too long, "
              + identical
              + " are identical after the cut); give more pairs, or raise --max-length.");
    }
  }

  private Map<Path, double[]> scores(List<Path> folders, List<RewardPair> pairs) {
    List<FacetText> read = pairs.stream().flatMap(pair -> pair.texts().stream()).toList();
    listener.begin("scores of the pairs", "texts", (long) read.size() * folders.size());
    Map<Path, double[]> scores = new LinkedHashMap<>();
    for (Path folder : folders) {
      try (FacetRewardModels model =
          new FacetRewardModels(base.decoder(), texts.builder(), Map.of(Facet.ACTION, folder))) {
        scores.put(folder, model.score(read, listener::advance));
      }
    }
    return scores;
  }

  /** What is only known of several models whose scores have one scale. */
  private static void together(
      ObjectNode report, List<RewardPair> pairs, Map<Path, double[]> scores) {
    boolean normalised =
        scores.keySet().stream()
            .allMatch(folder -> Files.exists(folder.resolve(NormalizationFile.NAME)));
    if (scores.size() < 2 || !normalised) {
      return;
    }
    Map<String, HeldOutScores> here = new LinkedHashMap<>();
    scores.forEach(
        (folder, own) ->
            here.put(
                folder.toString(),
                HeldOutScores.of(new ReadPairs(pairs, own), NormalizationFile.read(folder))));
    report.setAll(MemberReport.correlations(here));
    MemberReport.disagreement(List.copyOf(here.values()))
        .ifPresent(found -> report.set("disagreement", found));
    boolean known =
        scores.keySet().stream()
            .allMatch(folder -> Files.exists(folder.resolve(RewardEvaluation.PAIRS)));
    if (known) {
      MemberReport.disagreement(scores.keySet().stream().map(HeldOutScores::read).toList())
          .ifPresent(found -> report.set("disagreement_held_out", found));
    }
  }
}
