package io.arete.rlaif.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.ppo.RoundHealth;
import io.arete.rlaif.ppo.formula.RatioStats;
import io.arete.rlaif.stats.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A round that went wrong must stop PPO before its first step, and a young policy must not. */
class PpoGatesTest {

  /** Of 100 iterations the first fifth is let alone. */
  private static final int ITERATIONS = 100;

  private static final int YOUNG = 20;
  private static final int JUDGED = 21;
  private static final List<Double> NEAR = Collections.nCopies(64, 0.01);
  private static final RatioStats EXACT = new RatioStats(500, 0, 0, 0);

  @TempDir Path folder;
  private int asked;

  @BeforeEach
  void writeTheFirstIteration() throws IOException {
    StringBuilder line = new StringBuilder("{\"step\": 1");
    for (Facet facet : Facet.values()) {
      for (String number : List.of("tokens_%s\": 30", "cut_off_%s\": 0", "distinct_2_%s\": 0.8")) {
        line.append(", \"").append(String.format(number, facet.wireName()));
      }
    }
    Files.writeString(folder.resolve("metrics.jsonl"), line + "}\n");
  }

  @Test
  void aHealthyRoundPassesAndIsWrittenDown() {
    PpoGates gates = gates(10);
    beforeRound(gates, JUDGED);
    gates.beforeFirstStep(round(JUDGED, EXACT, NEAR, 0.8, 0));
    assertThat(written())
        .contains("ratio", "sampling-kl", "divergence", "reply-variety", "unchanged-replies");
  }

  @Test
  void ratiosThatAreNotOneStopTheVeryFirstIteration() {
    RatioStats apart = new RatioStats(500, 100, 50, 0.5);
    assertThatThrownBy(() -> gates(0).beforeFirstStep(round(1, apart, NEAR, 0.8, 0)))
        .isInstanceOf(GateStop.class)
        .hasMessageContaining("two forward passes of the same policy disagree");
  }

  @Test
  void repliesThatWereDrawnFromAnotherPolicyStop() {
    CountedRandom draws = CountedRandom.of(1).at("k1");
    List<Double> below =
        IntStream.range(0, 256).mapToObj(i -> -1 + 0.1 * draws.gaussian(i)).toList();
    assertThatThrownBy(() -> gates(0).beforeFirstStep(round(1, EXACT, below, 0.8, 0)))
        .isInstanceOf(GateStop.class)
        .hasMessageContaining("sampling-kl");
  }

  @Test
  void whereThePolicyWentIsJudgedAfterAFifthOfTheRun() {
    List<Double> far = Collections.nCopies(64, 1000.0);
    Map<String, RoundHealth> wrong =
        Map.of(
            "divergence", round(JUDGED, EXACT, far, 0.8, 0),
            "reply-variety", round(JUDGED, EXACT, NEAR, 0.1, 0),
            "cut-off", round(JUDGED, EXACT, NEAR, 0.8, 1));
    wrong.forEach(
        (gate, round) ->
            assertThatThrownBy(() -> gates(0).beforeFirstStep(round))
                .as(gate)
                .isInstanceOf(GateStop.class)
                .hasMessageContaining(gate));
    // The same, one iteration earlier.
    gates(0).beforeFirstStep(round(YOUNG, EXACT, far, 0.1, 1));
    assertThat(written()).containsOnly("ratio", "sampling-kl");
  }

  @Test
  void greedyRepliesAreReadOnceAndNotOfAYoungPolicy() {
    PpoGates gates = gates(32);
    beforeRound(gates, YOUNG);
    assertThat(asked).isZero();
    beforeRound(gates, JUDGED);
    beforeRound(gates, JUDGED + 1);
    assertThat(asked).isEqualTo(1);
    gates.beforeFirstStep(round(JUDGED + 1, EXACT, NEAR, 0.8, 0));
    assertThat(JsonFile.read(folder.resolve("gates.json")).toString())
        .contains("100 % of greedy replies are as before PPO");
  }

  /** The models are handed on to whoever reads greedy replies, who asks none here. */
  @SuppressWarnings("NullAway")
  private static void beforeRound(PpoGates gates, long iteration) {
    gates.beforeRound(iteration, null, null);
  }

  private List<String> written() {
    List<String> names = new ArrayList<>();
    for (JsonNode gate : JsonFile.read(folder.resolve("gates.json")).path("gates")) {
      names.add(gate.path("name").asText());
    }
    return names;
  }

  private PpoGates gates(int unchanged) {
    String recipe = "name: a\nbase: b\ndata: {pairs: p}\n";
    return new PpoGates(
        RecipeReader.parse(recipe, "a.yaml", folder, List.of()).gates(),
        new GateKeeper(folder.resolve("gates.json"), Set.of()),
        ITERATIONS,
        folder.resolve("metrics.jsonl"),
        (policy, reference) -> {
          asked++;
          return JsonNodeFactory.instance.objectNode().put("unchanged", unchanged).put("n", 32);
        });
  }

  private static RoundHealth round(
      long iteration, RatioStats ratios, List<Double> k1, double distinct, double cutOff) {
    Map<Facet, RoundHealth.FacetHealth> facets = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      facets.put(facet, new RoundHealth.FacetHealth(0, 1, 30, cutOff, 0.5, distinct));
    }
    return new RoundHealth(
        iteration,
        64,
        64,
        0,
        0,
        new RoundHealth.Divergence(0, 0),
        k1,
        ratios,
        0,
        0.1,
        new RoundHealth.Reward(0, 1, 0.3, 0.1),
        facets,
        Summary.of(new double[] {-1, 1}),
        0,
        2,
        OptionalDouble.of(0.5));
  }
}
