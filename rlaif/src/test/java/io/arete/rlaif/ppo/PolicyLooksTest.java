package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.reward.FacetScorer;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.tensorboard.EventFile;
import io.arete.rlaif.tensorboard.EventReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who trusts a run by its looks must be shown the policy as it was, on the same prompts. */
class PolicyLooksTest {

  private static final String[] WATCHED = {
    "data.prompts=watched.jsonl",
    "reward.watch_model=true",
    "ppo.iterations=5",
    "ppo.watch_every=2",
    "ppo.policy_learning_rate=0.02"
  };

  @TempDir static Path folder;
  static PpoFixture tiny;

  @BeforeAll
  static void load() {
    tiny = new PpoFixture(folder);
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  /** Scores all conversations of a call alike, one number after the other. */
  private static FacetScorer told(double... scores) {
    int[] call = {0};
    return (prompts, conversations) -> {
      double score = scores[call[0]++];
      Map<Facet, double[]> all = new EnumMap<>(Facet.class);
      for (Facet facet : Facet.values()) {
        double[] same = new double[conversations.size()];
        Arrays.fill(same, score);
        all.put(facet, same);
      }
      return all;
    };
  }

  private static List<List<PolicyLook>> train(String name, FacetScorer watching, String... more) {
    List<String> settings = new ArrayList<>(List.of(WATCHED));
    settings.add("ppo.missing_end=subtract");
    settings.add("ppo.missing_end_penalty=0");
    settings.addAll(List.of(more));
    List<List<PolicyLook>> shown = new ArrayList<>();
    PpoWatch watch =
        new PpoWatch() {
          @Override
          public void beforeFirstStep(RoundHealth health) {}

          @Override
          public void afterIteration(IterationHealth health) {}

          @Override
          public void afterLook(List<PolicyLook> looks) {
            shown.add(looks);
          }
        };
    try (PpoFixture.Opened opened =
        tiny.open(name, StageListener.SILENT, settings.toArray(String[]::new))) {
      PpoStage.run(opened.context(), watch, PpoFixture.planted(), Optional.of(watching));
    }
    return shown;
  }

  @Test
  void thePolicyWithTheBestWatchScoreIsKeptBesideTheLast() {
    // Looks before the first iteration, which is no policy of PPO's, and after 2, 4 and 5.
    List<List<PolicyLook>> shown = train("told", told(9, 1, 3, 2));
    train("four", told(0, 0, 0), "ppo.iterations=4");

    assertThat(shown).hasSize(4);
    List<PolicyLook> looks = shown.get(3);
    assertThat(looks).extracting(PolicyLook::iteration).containsExactly(0L, 2L, 4L, 5L);
    assertThat(looks.get(2).watchScore().orElseThrow()).isCloseTo(3, within(1e-9));
    Map<String, String> files = tiny.digests("told");
    String weights = "adapter_model.safetensors";
    assertThat(files.get("best/" + weights))
        .as("the weights after four iterations")
        .isEqualTo(tiny.digests("four").get(weights))
        .isNotEqualTo(files.get(weights));
    assertThat(tiny.run("told").resolve("policy/summary.json"))
        .content()
        .contains("\"kept\" : \"last\"", "\"best_iteration\" : 4");
  }

  @Test
  void theBestGoesOnIfTheRecipeSaysSo() {
    train("last goes on", told(9, 1, 3, 2));
    train("best goes on", told(9, 1, 3, 2), "ppo.keep=best");

    Map<String, String> last = tiny.digests("last goes on");
    Map<String, String> best = tiny.digests("best goes on");
    for (String file : List.of("adapter_model.safetensors", "adapter_config.json")) {
      assertThat(best.get(file)).isEqualTo(last.get("best/" + file));
      assertThat(best.get("last/" + file)).isEqualTo(last.get(file));
    }
    assertThat(best.keySet()).noneMatch(name -> name.startsWith("best"));
  }

  @Test
  void everyLookAsksTheSamePromptsAndSeesThePolicyChange() throws Exception {
    List<PolicyLook> looks = train("changing", PpoFixture.planted()).get(3);

    PolicyLook first = looks.get(0);
    assertThat(first.greedy()).isEqualTo(3);
    assertThat(first.unchanged()).as("nothing is learned yet").isEqualTo(3);
    assertThat(first.proxy()).hasSize(3).isEqualTo(first.watch().orElseThrow());
    assertThat(looks.get(3).proxy()).isNotEqualTo(first.proxy());
    Path policy = tiny.run("changing").resolve("policy");
    List<String> prompts =
        JsonLines.readAppended(
            policy.resolve("samples.jsonl"),
            (line, row) -> Optional.of(row.path("iteration") + " " + row.path("messages")));
    assertThat(prompts).hasSize(4 * 3).doesNotHaveDuplicates();
    assertThat(prompts.get(0).substring(2)).isEqualTo(prompts.get(3).substring(2));
    try (RunFolder run = RunFolder.open(tiny.run("changing"))) {
      assertThat(PpoLogs.looks(run)).isEqualTo(looks);
    }
    assertThat(EventReader.read(policy.resolve("looks").resolve(EventFile.NAME)))
        .as("TensorBoard shows the looks beside the rounds")
        .hasSize(4)
        .last()
        .satisfies(
            seen -> {
              assertThat(seen.step()).isEqualTo(looks.get(3).iteration());
              assertThat(seen.values()).containsKeys("proxy", "watch", "unchanged_share");
            });
  }

  @Test
  void withoutAnyoneToScoreThemLooksAreShownAndNothingIsKept() {
    List<IterationHealth> seen =
        tiny.train(
            "unscored",
            PpoFixture.planted(),
            "data.prompts=watched.jsonl",
            "ppo.missing_end=subtract");

    assertThat(seen).hasSize(2);
    assertThat(tiny.digests("unscored"))
        .containsKeys("looks.jsonl", "samples.jsonl")
        .doesNotContainKey("best/adapter_config.json");
    RoundHealth.FacetHealth action = seen.get(0).round().facets().get(Facet.ACTION);
    assertThat(action.distinct2()).isBetween(action.distinct1(), 1.0);
    assertThat(action.scoreSd()).isPositive();
    assertThat(seen.get(1).round().reward().penaltyShare()).isBetween(0.0, 1.0);
    assertThat(seen.get(0).round().perToken().k3()).isCloseTo(0, within(1e-5));
  }

  @Test
  void aLookReadsBackAndADamagedOneIsRefused() {
    PolicyLook look =
        new PolicyLook(
            7, 3, 1, List.of(0.25, -1.5), Optional.of(List.of(0.5, 2.0)), OptionalDouble.of(0.125));
    PolicyLook bare =
        new PolicyLook(0, 0, 0, List.of(1.0), Optional.empty(), OptionalDouble.empty());

    assertThat(PolicyLook.ofJson(look.toJson())).isEqualTo(look);
    assertThat(PolicyLook.ofJson(bare.toJson())).isEqualTo(bare);
    assertThatThrownBy(
            () -> {
              var row = look.toJson();
              row.remove("proxy_scores");
              PolicyLook.ofJson(row);
            })
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("proxy_scores");
  }

  @Test
  void distinctNgramsAreCountedOverAllTexts() {
    // 1 and 2 are two of six tokens; 1 2 and 2 1 are two of four pairs.
    List<List<Integer>> texts = List.of(List.of(1, 2, 1, 2), List.of(1, 2));
    assertThat(DistinctNgrams.share(texts, 1)).isCloseTo(2.0 / 6, within(1e-12));
    assertThat(DistinctNgrams.share(texts, 2)).isCloseTo(2.0 / 4, within(1e-12));
    assertThat(DistinctNgrams.share(texts, 9)).isZero();
    assertThat(DistinctNgrams.share(List.of(List.of(5, 6, 7)), 2)).isEqualTo(1);
  }
}
