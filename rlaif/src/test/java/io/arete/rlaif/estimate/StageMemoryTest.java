package io.arete.rlaif.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.tensor.Dtype;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.estimate.DataFacts.Texts;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mistral-7B's shape with 16 GB free, without a weight: what fits, what does not, what would. */
class StageMemoryTest {

  private static final long GIBIBYTE = 1L << 30;

  private static final ModelConfig MISTRAL =
      ModelConfig.llama(new BlockShape(4096, 32, 8, 128, 14_336), 32, 32_000, 32_768, 1e-5, 10_000);

  private static final DataFacts FACTS =
      new DataFacts(
          Map.of(Split.TRAIN, 600, Split.WATCH, 300, Split.VERDICT, 100),
          60,
          90,
          new Texts(600, 150),
          new Texts(900, 40),
          Texts.NONE,
          Texts.NONE,
          Map.of(Facet.ACTION, 0, Facet.MOTIVATION, 15, Facet.CONSEQUENCES, 20),
          Map.of(Facet.ACTION, 300.0, Facet.MOTIVATION, 400.0, Facet.CONSEQUENCES, 500.0),
          12);

  private static final String RECIPE =
      """
      name: big
      base: mistral
      data: {pairs: pairs.jsonl}
      """;

  private static Recipe recipe(List<String> overrides) {
    return RecipeReader.parse(RECIPE, "big.yaml", Path.of("."), overrides);
  }

  private static Forecast.Subject subject(long free, String... overrides) {
    Machine machine = new Machine(Dtype.BFLOAT16, 2, true, false, 2 * free, free);
    return new Forecast.Subject(recipe(List.of(overrides)), MISTRAL, machine, FACTS);
  }

  private static MemoryNeed need(Stage stage, String... overrides) {
    Forecast.Subject subject = subject(16 * GIBIBYTE, overrides);
    return subject.memory(subject.recipe()).of(stage);
  }

  private static double part(Part part, MemoryNeed need) {
    return need.parts().getOrDefault(part, 0.0);
  }

  @Test
  void theBaseStandsThereOnceInItsForm() {
    assertThat(part(Part.BASE, need(Stage.PPO))).isEqualTo(2.0 * 7_110_660_096L);
    assertThat(part(Part.BASE, need(Stage.PPO, "tuning=qlora")))
        .isBetween(3.3 * GIBIBYTE, 4.0 * GIBIBYTE);
    assertThat(part(Part.BASE, need(Stage.PPO, "tuning=full"))).isEqualTo(4.0 * 7_110_660_096L);
  }

  /** Whoever shares the trunk to save memory must be told what it saves. */
  @Test
  void aSharedCriticLearnsAndHoldsNothingOfItsOwn() {
    MemoryNeed own = need(Stage.PPO);
    MemoryNeed shared = need(Stage.PPO, "ppo.critic=shared");
    MemoryNeed without = need(Stage.PPO, "ppo.algorithm=grpo", "ppo.samples_per_prompt=2");
    // Two adapters alike: half of what learns.
    assertThat(part(Part.TRAINING, own)).isEqualTo(2 * part(Part.TRAINING, shared));
    assertThat(part(Part.MODELS, shared)).isLessThan(part(Part.MODELS, own));
    assertThat(part(Part.TRAINING, without)).isEqualTo(part(Part.TRAINING, shared));
  }

  @Test
  void fullTuningTakesSixteenBytesAWeightAndFourForEachLane() {
    MemoryNeed sft = need(Stage.SFT, "tuning=full");
    double weights = 7_110_660_096L;
    assertThat(part(Part.MODELS, sft)).isEqualTo(4 * weights);
    assertThat(part(Part.TRAINING, sft)).isEqualTo((4 + 8 + 2 * 4) * weights);
    // The policy, the critic, the reference and three reward models beside the base.
    MemoryNeed ppo = need(Stage.PPO, "tuning=full");
    assertThat(part(Part.MODELS, ppo)).isEqualTo((4 + 4 + 4 + 3 * 4) * weights);
    assertThat(part(Part.TRAINING, ppo)).isEqualTo(2 * (4 + 8 + 2 * 4) * weights);
  }

  @Test
  void lowMemoryAndShorterPassesNeedLess() {
    double fast = need(Stage.REWARD, "memory=fast").bytes();
    double low = need(Stage.REWARD, "memory=low").bytes();
    double shorter = need(Stage.REWARD, "memory=fast", "reward.tokens_per_pass=512").bytes();
    assertThat(low).isLessThan(fast);
    assertThat(shorter).isLessThan(fast);
  }

  @Test
  void aStageThatIsOffNeedsTheBaseAlone() {
    assertThat(need(Stage.SFT, "sft.enabled=false").parts().keySet())
        .containsExactlyInAnyOrder(Part.PROCESS, Part.BASE);
  }

  private static Forecast forecast(Forecast.Subject subject, Set<Stage> done) {
    return Forecast.of(subject, List.of(Stage.values()), done, Optional.of(100.0));
  }

  private static Optional<String> refusal(Forecast.Subject subject) {
    return forecast(subject, Set.of()).refusal(subject, more -> recipe(more));
  }

  @Test
  void aRunThatDoesNotFitIsRefusedWithItsCauseAndASettingThatFits() {
    Forecast.Subject subject = subject(12 * GIBIBYTE);
    assertThat(refusal(subject).orElseThrow())
        .contains("the weights of the base (13.2 GiB)")
        .contains("12.0 GiB are free")
        .contains("tuning=qlora")
        .contains("--ignore-memory")
        .doesNotContain("\n");

    Forecast.Subject advised = subject(12 * GIBIBYTE, settings(refusal(subject).orElseThrow()));
    assertThat(refusal(advised)).isEmpty();
  }

  @Test
  void theGentlestAdviceComesFirst() {
    Forecast.Subject fast = subject(1000 * GIBIBYTE, "memory=fast", "sft.tokens_per_pass=65536");
    double before = forecast(fast, Set.of()).highest().orElseThrow().bytes();
    Forecast.Subject tight =
        new Forecast.Subject(
            recipe(List.of("memory=fast", "reward.batch_size=256", "reward.tokens_per_pass=65536")),
            MISTRAL,
            new Machine(Dtype.BFLOAT16, 2, true, false, (long) before, (long) before),
            FACTS);
    String sentence =
        forecast(tight, Set.of())
            .refusal(
                tight,
                more -> {
                  List<String> all =
                      new ArrayList<>(
                          List.of(
                              "memory=fast",
                              "reward.batch_size=256",
                              "reward.tokens_per_pass=65536"));
                  all.addAll(more);
                  return recipe(all);
                })
            .orElseThrow();
    assertThat(sentence)
        .contains("the stage reward")
        .contains("the activations of a pass")
        .doesNotContain("tuning=")
        .doesNotContain("max_reply_tokens");
  }

  @Test
  void whatNoSettingMendsIsSaidSo() {
    assertThat(refusal(subject(GIBIBYTE)).orElseThrow()).contains("take a smaller base");
  }

  @Test
  void stagesThatAreDoneNeedNothingMore() {
    Forecast.Subject subject = subject(GIBIBYTE);
    assertThat(forecast(subject, Set.of(Stage.values())).fits()).isTrue();
    assertThat(new ForecastText(forecast(subject, Set.of(Stage.values()))).line()).isEmpty();
  }

  @Test
  void moreWorkTakesLongerAndMoreWeightsMoreDisk() {
    Forecast once = forecast(subject(16 * GIBIBYTE), Set.of());
    Forecast twice = forecast(subject(16 * GIBIBYTE, "ppo.iterations=20"), Set.of());
    Forecast whole = forecast(subject(16 * GIBIBYTE, "tuning=full"), Set.of());
    int ppo = Stage.PPO.ordinal();
    double seconds = once.stages().get(ppo).seconds().orElseThrow();
    assertThat(twice.stages().get(ppo).seconds().orElseThrow()).isEqualTo(2 * seconds);
    assertThat(whole.stages().get(ppo).diskBytes())
        .isGreaterThan(once.stages().get(ppo).diskBytes());
  }

  /** DPO holds no reward model and samples nothing; its own keys say how long it takes. */
  @Test
  void dpoIsReckonedByWhatItDoes() {
    String dpo = "ppo.algorithm=dpo";
    MemoryNeed ppo = need(Stage.PPO);
    MemoryNeed pairs = need(Stage.PPO, dpo);
    assertThat(part(Part.MODELS, pairs)).isLessThan(part(Part.MODELS, ppo) / 3);
    assertThat(part(Part.CACHE, pairs)).isZero();
    assertThat(need(Stage.PPO, dpo, "memory=fast", "dpo.tokens_per_pass=8192").bytes())
        .isGreaterThan(need(Stage.PPO, dpo, "memory=fast").bytes());

    Forecast once = forecast(subject(16 * GIBIBYTE, dpo), Set.of());
    Forecast longer = forecast(subject(16 * GIBIBYTE, dpo, "ppo.iterations=200"), Set.of());
    Forecast twice = forecast(subject(16 * GIBIBYTE, dpo, "dpo.epochs=3"), Set.of());
    double seconds = seconds(once, Stage.PPO);
    assertThat(seconds(longer, Stage.PPO)).isEqualTo(seconds);
    assertThat(seconds(twice, Stage.PPO)).isBetween(2 * seconds, 3 * seconds);
    assertThat(twice.stages().get(Stage.PPO.ordinal()).diskBytes())
        .isEqualTo(longer.stages().get(Stage.PPO.ordinal()).diskBytes());
  }

  /** Whoever cuts texts to save time must be told that shared heads then read each for itself. */
  @Test
  void textsThatAreCutShareNothing() {
    String[] settings = {
      "reward.heads=shared",
      "feedback.max_reply_tokens.action=100",
      "feedback.max_reply_tokens.motivation=20",
      "feedback.max_reply_tokens.consequences=20",
      "reward.max_length=auto"
    };
    double whole = seconds(forecast(subject(16 * GIBIBYTE, settings), Set.of()), Stage.REWARD);
    settings[4] = "reward.max_length=150";
    double cut = seconds(forecast(subject(16 * GIBIBYTE, settings), Set.of()), Stage.REWARD);
    settings[0] = "reward.heads=separate";
    double separate = seconds(forecast(subject(16 * GIBIBYTE, settings), Set.of()), Stage.REWARD);
    assertThat(cut).isGreaterThan(1.5 * whole).isEqualTo(separate);
  }

  private static double seconds(Forecast forecast, Stage stage) {
    return forecast.stages().get(stage.ordinal()).seconds().orElseThrow();
  }

  /** The overrides that a refusal names. */
  private static String[] settings(String refusal) {
    return refusal.replaceAll(".*; set ", "").replaceAll(", which needs.*", "").split(", ", -1);
  }
}
