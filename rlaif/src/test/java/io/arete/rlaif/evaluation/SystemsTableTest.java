package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.stats.Bootstrap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A table in which one of many comparisons shines by chance must not look like a finding. */
class SystemsTableTest {

  private static final CountedRandom DRAWS = CountedRandom.of(5).at("table");

  @Test
  void everySystemHasItsMeanAndItsPairedDifference() {
    double[] base = noise("base", 0);
    double[] tuned = IntStream.range(0, base.length).mapToDouble(i -> base[i] + 0.5).toArray();
    JsonNode table = table(Map.of("ensemble", systems(base, tuned, noise("rules", 0))));
    assertThat(table.path("outcomes").path("ensemble").path("n").asInt()).isEqualTo(40);
    JsonNode row = table.path("outcomes").path("ensemble").path("systems");
    assertThat(row.path("base").has("minus_base")).isFalse();
    // Paired: the same half everywhere has no spread.
    JsonNode difference = row.path("tuned").path("minus_base");
    assertThat(difference.path("difference").asDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(difference.path("standard_error").asDouble()).isCloseTo(0, within(1e-12));
    JsonNode mean = row.path("base").path("mean");
    Bootstrap alone = Bootstrap.ofPairs(new double[40], base, 500, 0.95, DRAWS);
    assertThat(mean.path("low").asDouble()).isCloseTo(alone.interval().low(), within(0.1));
    assertThat(mean.path("high").asDouble()).isCloseTo(alone.interval().high(), within(0.1));
  }

  @Test
  void allButThePlannedComparisonAreAdjustedTogether() {
    double[] base = noise("base", 0);
    Map<String, Map<String, double[]>> outcomes = new LinkedHashMap<>();
    outcomes.put("ensemble", systems(base, noise("tuned", 1), noise("rules", 0.5)));
    outcomes.put("action", systems(base, noise("tuned a", 1), noise("rules a", 0.5)));
    JsonNode found = table(outcomes).path("outcomes");

    assertThat(
            found.path("ensemble").path("systems").path("tuned").path("minus_base").has("p_holm"))
        .isFalse();
    JsonNode other = found.path("ensemble").path("systems").path("base+rules").path("minus_base");
    assertThat(other.path("p_holm").asDouble())
        .isGreaterThanOrEqualTo(other.path("p_permutation").asDouble());
    assertThat(
            found
                .path("action")
                .path("systems")
                .path("tuned")
                .path("minus_base")
                .path("p_holm")
                .asDouble())
        .isGreaterThanOrEqualTo(3 / 501.0 - 1e-12);
  }

  private static JsonNode table(Map<String, Map<String, double[]>> outcomes) {
    return new SystemsTable("base", outcomes, 500, 7).toJson("tuned", List.of());
  }

  private static Map<String, double[]> systems(double[] base, double[] tuned, double[] rules) {
    Map<String, double[]> systems = new LinkedHashMap<>();
    systems.put("base", base);
    systems.put("base+rules", rules);
    systems.put("tuned", tuned);
    return systems;
  }

  private static double[] noise(String name, double mean) {
    return IntStream.range(0, 40).mapToDouble(i -> mean + DRAWS.at(name).gaussian(i)).toArray();
  }
}
