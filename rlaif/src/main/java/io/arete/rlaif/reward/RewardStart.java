package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.stats.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Heads before the first step. They are random, scaled so that the scores of some training texts
 * spread little: the first loss should then be that of knowing nothing, ln 2, whatever the size of
 * the hidden states. It is read anew, by the model that is going to be trained.
 *
 * @param facets each one's start
 */
record RewardStart(Map<Facet, Head> facets) {

  /** Training pairs of a facet that the first loss is measured on. */
  static final int PAIRS = 128;

  /** Training pairs of a facet that are read for the heads' scale. */
  static final int SPREAD_PAIRS = 32;

  private static final double SPREAD = 0.02;

  /**
   * One facet's.
   *
   * @param factor what its random weights are multiplied with
   * @param firstLoss mean loss of the first training pairs, nats
   * @param firstPairs how many
   */
  record Head(double factor, double firstLoss, int firstPairs) {}

  /** The start file's name in the folder of a training. */
  private static final String FILE = "start.json";

  /**
   * Factors of the heads. A head is linear: scaled weights give scaled scores.
   *
   * @param groups the first training pairs, {@link #SPREAD_PAIRS} a facet
   * @param scores what the unscaled heads say of {@link PairGroup#texts}
   * @throws AreteException if all texts of a facet have one score
   */
  static Map<Facet, Double> factors(List<Facet> facets, List<PairGroup> groups, double[] scores) {
    Map<Facet, Double> factors = new EnumMap<>(Facet.class);
    for (Facet facet : facets) {
      factors.put(facet, SPREAD / spread(ReadPairs.of(groups, scores, facet)));
    }
    return factors;
  }

  /**
   * The start of a training.
   *
   * @param factors that the heads were multiplied with
   * @param groups training pairs
   * @param scores what the model with the scaled heads says of {@link PairGroup#texts}
   */
  static RewardStart of(Map<Facet, Double> factors, List<PairGroup> groups, double[] scores) {
    Map<Facet, Head> heads = new EnumMap<>(Facet.class);
    factors.forEach(
        (facet, factor) -> {
          ReadPairs read = ReadPairs.of(groups, scores, facet);
          heads.put(facet, new Head(factor, HeldOut.of(read).loss(), read.pairs().size()));
        });
    return new RewardStart(heads);
  }

  private static double spread(ReadPairs read) {
    double sd = Summary.of(read.scores()).populationSd();
    if (!(sd > 0)) {
      throw new AreteException(
          "The base gives the first "
              + read.scores().length
              + " texts of a reward model's pairs one and the same score, so it cannot tell them"
              + " apart; check the base model and the conversations.");
    }
    return sd;
  }

  /** What an earlier start of the same training wrote. */
  static Optional<RewardStart> read(Path folder, List<Facet> facets) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode root = JsonFile.read(file);
    Map<Facet, Head> heads = new EnumMap<>(Facet.class);
    for (Facet facet : facets) {
      JsonNode row = root.path(facet.wireName());
      Head head =
          new Head(
              row.path("factor").asDouble(),
              row.path("first_loss").asDouble(),
              row.path("first_pairs").asInt());
      if (!(head.factor() > 0) || head.firstPairs() == 0) {
        throw new AreteException(
            file + " lacks the start of the " + facet.wireName() + "; repeat the reward stage.");
      }
      heads.put(facet, head);
    }
    return Optional.of(new RewardStart(heads));
  }

  /** Keeps it for later starts. */
  void write(Path folder) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    facets.forEach(
        (facet, head) ->
            root.putObject(facet.wireName())
                .put("factor", head.factor())
                .put("first_loss", head.firstLoss())
                .put("first_pairs", head.firstPairs()));
    AtomicFile.writeText(folder.resolve(FILE), JsonFile.text(root));
  }
}
