package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.reward.FacetScorer;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PpoResumeTest {

  private static final String[] SETTINGS = {
    "ppo.iterations=5",
    "ppo.checkpoint_every=2",
    "ppo.mini_batches=2",
    "ppo.kl=adaptive",
    "ppo.prompts_per_iteration=2",
    "ppo.samples_per_prompt=1",
    "ppo.policy_learning_rate=0.003"
  };

  /** Every iteration passes four such moments: a scoring, two looks, an advance. */
  private static final int MOMENTS = 4 * 5;

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

  /** The end of the process, as far as the stage can tell. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Counts down to a kill at every place where the stage calls out. */
  private static final class Bomb implements FacetScorer, PpoWatch, StageListener {
    private final FacetScorer scorer = PpoFixture.planted();
    private int left;

    Bomb(int moments) {
      left = moments;
    }

    private void tick() {
      left--;
      if (left == 0) {
        throw new Killed();
      }
    }

    @Override
    public Map<Facet, double[]> score(List<Prompt> prompts, List<Conversation> conversations) {
      tick();
      return scorer.score(prompts, conversations);
    }

    @Override
    public void beforeFirstStep(RoundHealth health) {
      tick();
    }

    @Override
    public void afterIteration(IterationHealth health) {
      tick();
    }

    @Override
    public void begin(String task, String unit, long total) {}

    @Override
    public void advance(long count) {
      if (count == 1) {
        tick();
      }
    }

    @Override
    public void note(String sentence) {}
  }

  private static void start(String name, Bomb bomb, String... more) {
    String[] settings =
        Stream.concat(Arrays.stream(SETTINGS), Arrays.stream(more)).toArray(String[]::new);
    try (PpoFixture.Opened opened = tiny.open(name, bomb, settings)) {
      boolean watched = opened.context().recipe().reward().members().watch();
      PpoStage.run(opened.context(), bomb, bomb, watched ? Optional.of(bomb) : Optional.empty());
    }
  }

  @Test
  void killedAnywhereAndStartedAgainItEndsWithTheSameBytes() throws Exception {
    start("straight", new Bomb(Integer.MAX_VALUE));
    Map<String, String> expected = tiny.digests("straight");
    assertThat(expected)
        .containsKeys("metrics.jsonl", "summary.json", "critic/adapter_config.json");

    for (int moment : new int[] {2, 5, 8, 11, 14, 17, MOMENTS}) {
      String name = "killed at " + moment;
      assertThat(catchThrowable(() -> start(name, new Bomb(moment))))
          .as(name)
          .isInstanceOf(Killed.class);
      start(name, new Bomb(Integer.MAX_VALUE));
      assertThat(tiny.digests(name)).as(name).isEqualTo(expected);
    }

    // Killed while the results were being written, and killed again and again.
    Files.delete(tiny.run("straight").resolve("policy/summary.json"));
    Files.delete(tiny.run("straight").resolve("policy/adapter_config.json"));
    start("straight", new Bomb(Integer.MAX_VALUE));
    assertThat(tiny.digests("straight")).isEqualTo(expected);
    for (int moment : new int[] {9, 6, 3}) {
      assertThat(catchThrowable(() -> start("often", new Bomb(moment)))).isInstanceOf(Killed.class);
    }
    start("often", new Bomb(Integer.MAX_VALUE));
    assertThat(tiny.digests("often")).isEqualTo(expected);
  }

  /** A step that took other replies, or another rate, after a kill would end in other weights. */
  @Test
  void withOrdinaryRepliesAndAFallingRateItGoesOnAsExactly() {
    String[] mixed = {
      "sft.conversations=talks.jsonl",
      "ppo.ptx_coefficient=0.5",
      "ppo.ptx_batch_size=2",
      "ppo.schedule=cosine",
      "ppo.warmup_share=0.3",
      "ppo.whiten_rewards=true",
      "ppo.reward_clip=0.5"
    };
    start("straight mixed", new Bomb(Integer.MAX_VALUE), mixed);

    assertThat(catchThrowable(() -> start("cut mixed", new Bomb(14), mixed)))
        .isInstanceOf(Killed.class);
    start("cut mixed", new Bomb(Integer.MAX_VALUE), mixed);

    assertThat(tiny.digests("cut mixed")).isEqualTo(tiny.digests("straight mixed"));
    assertThat(tiny.run("cut mixed").resolve("policy/summary.json"))
        .content()
        .contains("ordinary_loss", "learning_rate");
  }

  /** Killed between a better policy and the checkpoint that names it, and at the very end. */
  @ParameterizedTest
  @ValueSource(strings = {"last", "best"})
  void looksAndTheBestPolicyAreTheSameAfterAKill(String keep) throws Exception {
    String[] watched = {
      "data.prompts=watched.jsonl",
      "reward.watch_model=true",
      "ppo.watch_every=1",
      "ppo.checkpoint_every=3",
      "ppo.keep=" + keep
    };
    String straight = "straight watched " + keep;
    start(straight, new Bomb(Integer.MAX_VALUE), watched);
    Map<String, String> expected = tiny.digests(straight);
    assertThat(expected)
        .containsKeys(
            "looks.jsonl",
            "samples.jsonl",
            (keep.equals("best") ? "last" : "best") + "/adapter_config.json")
        .doesNotContainKey(keep + "/adapter_config.json");
    assertThat(expected.keySet()).noneMatch(name -> name.startsWith("best-"));

    // With looks an iteration passes six moments, and the first look two: after the fourth look,
    // which no checkpoint knows, and after the last checkpoint.
    for (int moment : new int[] {26, 32}) {
      String name = "killed watched " + keep + moment;
      assertThat(catchThrowable(() -> start(name, new Bomb(moment), watched)))
          .as(name)
          .isInstanceOf(Killed.class);
      start(name, new Bomb(Integer.MAX_VALUE), watched);
      assertThat(tiny.digests(name)).as(name).isEqualTo(expected);
    }
    // Killed while the results were being written.
    Files.delete(tiny.run(straight).resolve("policy/summary.json"));
    start(straight, new Bomb(Integer.MAX_VALUE), watched);
    assertThat(tiny.digests(straight)).isEqualTo(expected);
  }

  @Test
  void withACriticThatBeganAsARewardModelItGoesOnAsExactly() {
    String begun = "ppo.critic_start=action";
    tiny.writeRewards("straight begun");
    tiny.writeRewards("cut begun");
    start("straight begun", new Bomb(Integer.MAX_VALUE), begun);

    assertThat(catchThrowable(() -> start("cut begun", new Bomb(14), begun)))
        .isInstanceOf(Killed.class);
    start("cut begun", new Bomb(Integer.MAX_VALUE), begun);

    assertThat(tiny.digests("cut begun")).isEqualTo(tiny.digests("straight begun"));
  }

  /** What a step that was not taken had collected is in no checkpoint, and must be gone. */
  @Test
  void withUpdatesThatEndEarlyItGoesOnAsExactly() {
    String stopping = "ppo.target_kl=0.00000001";
    start("straight stopping", new Bomb(Integer.MAX_VALUE), stopping);

    assertThat(catchThrowable(() -> start("cut stopping", new Bomb(14), stopping)))
        .isInstanceOf(Killed.class);
    start("cut stopping", new Bomb(Integer.MAX_VALUE), stopping);

    assertThat(tiny.digests("cut stopping")).isEqualTo(tiny.digests("straight stopping"));
    assertThat(
            MetricLog.read(tiny.run("cut stopping").resolve("policy/metrics.jsonl")).stream()
                .map(line -> line.values().get("stopped_early")))
        .containsOnly(1.0);
  }

  @Test
  void withASharedCriticItGoesOnAsExactly() {
    String shared = "ppo.critic=shared";
    start("straight shared", new Bomb(Integer.MAX_VALUE), shared);

    assertThat(catchThrowable(() -> start("cut shared", new Bomb(14), shared)))
        .isInstanceOf(Killed.class);
    start("cut shared", new Bomb(Integer.MAX_VALUE), shared);

    assertThat(tiny.digests("cut shared")).isEqualTo(tiny.digests("straight shared"));
  }

  @Test
  void withoutACriticItGoesOnAsExactly() {
    String[] groups = {"ppo.algorithm=grpo", "ppo.samples_per_prompt=2"};
    start("straight groups", new Bomb(Integer.MAX_VALUE), groups);

    assertThat(catchThrowable(() -> start("cut groups", new Bomb(11), groups)))
        .isInstanceOf(Killed.class);
    start("cut groups", new Bomb(Integer.MAX_VALUE), groups);

    assertThat(tiny.digests("cut groups")).isEqualTo(tiny.digests("straight groups"));
  }
}
