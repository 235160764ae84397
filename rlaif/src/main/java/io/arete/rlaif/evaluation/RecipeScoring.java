package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.ppo.MissingEndPenalty;
import io.arete.rlaif.reward.ScoreNormalizer;
import io.arete.rlaif.run.RunFolder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** What a recipe and the reward stage say of scoring, as formulas. */
final class RecipeScoring {

  private RecipeScoring() {}

  static EnsembleRule rule(PpoSection.Ensemble ensemble) {
    return switch (ensemble.rule()) {
      case MEAN_MINUS_SD -> new EnsembleRule.MeanMinusSd(ensemble.k());
      case MEAN_MINUS_VARIANCE -> new EnsembleRule.MeanMinusVariance(ensemble.k());
      case WORST_CASE -> new EnsembleRule.WorstCase();
      case MEAN -> new EnsembleRule.Mean();
      case MEDIAN -> new EnsembleRule.Median();
    };
  }

  static MissingEndPenalty penalty(PpoSection ppo) {
    return switch (ppo.missingEnd()) {
      case REPLACE -> new MissingEndPenalty.Replace(-ppo.missingEndPenalty());
      case SUBTRACT -> new MissingEndPenalty.Subtract(ppo.missingEndPenalty());
    };
  }

  static Map<Facet, ScoreNormalizer> normalizers(RunFolder folder) {
    Map<Facet, ScoreNormalizer> normalizers = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      JsonNode found = JsonFile.read(folder.reward(facet).resolve("normalization.json"));
      normalizers.put(
          facet,
          new ScoreNormalizer(
              found.path("mean").asDouble(Double.NaN), found.path("sd").asDouble(Double.NaN)));
    }
    return normalizers;
  }

  static Map<Facet, Path> rewardFolders(RunFolder folder) {
    Map<Facet, Path> folders = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      folders.put(facet, folder.reward(facet));
    }
    return folders;
  }
}
