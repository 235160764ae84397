package io.arete.rlaif.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.AreteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecipeTest {

  private static final Path HERE = Path.of("/some where/d\u00E9j\u00E0 \"vu\"");
  private static final String SMALL =
      "name: small\nbase: model\ndata: {pairs: p, prompts: q}\nreward: {watch_model: true}\n"
          + "ppo: {train_turns: all, samples_per_prompt: 2}\n";

  private static final List<String> CANDIDATES =
      List.of(
          "other-name",
          "false",
          "true",
          "0.25",
          "3",
          "-2",
          "box:other",
          "[q, gate]",
          "float32",
          "qlora",
          "low",
          "cosine",
          "shared",
          "human",
          "best_worst",
          "best",
          "probability",
          "whole",
          "action",
          "facet",
          "adaptive",
          "grpo",
          "subtract",
          "worst_case",
          "17",
          "100",
          "1000",
          "http://localhost:8080/v1",
          "all",
          "{reward.max_length: [100, auto], data.limit: [0, 3]}");
  private static final Map<String, String> OTHERS = new HashMap<>();

  private static Recipe parse(List<String> overrides) {
    return RecipeReader.parse(SMALL, "small.yaml", HERE, overrides);
  }

  @Test
  void everyKeyChangesTheRecipeItsWrittenFormAndItsSection() {
    Recipe plain = parse(List.of());
    for (Key<?> key : Recipe.keys()) {
      Recipe changed = parse(List.of(key.path() + "=" + other(key)));

      assertThat(changed).as(key.path()).isNotEqualTo(plain);
      assertThat(changed.toYaml()).as(key.path()).isNotEqualTo(plain.toYaml());
      assertThat(sections(changed)).as(key.path()).isNotEqualTo(sections(plain));
    }
  }

  @Test
  void randomRecipesReadBackEqual() {
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      List<Key<?>> keys = new ArrayList<>(Recipe.keys());
      Collections.shuffle(keys, random);
      List<String> overrides =
          keys.subList(0, random.nextInt(keys.size())).stream()
              // These need what another key has, so the two cannot both be changed.
              .filter(
                  key ->
                      !key.path()
                          .matches(
                              "ppo[.](credit|whiten_rewards|keep|critic_start)|reward[.]margin"))
              // Folders are drawn with one name, and a judge may be neither labeler nor base.
              .filter(key -> !key.path().equals("evaluation.judge"))
              .map(key -> key.path() + "=" + other(key))
              .toList();
      Recipe recipe = parse(overrides);

      Recipe back = RecipeReader.parse(recipe.toYaml(), "back", Path.of("/elsewhere"), List.of());

      assertThat(back).as(overrides.toString()).isEqualTo(recipe);
      assertThat(back.toYaml()).isEqualTo(recipe.toYaml());
      assertThat(sections(back)).isEqualTo(sections(recipe));
    }
  }

  @Test
  void aMovedFolderDoesNotChangeAFingerprintButASettingDoes() {
    Recipe moved = RecipeReader.parse(SMALL, "small.yaml", Path.of("/elsewhere"), List.of());

    assertThat(moved.fingerprint("data")).isEqualTo(parse(List.of()).fingerprint("data"));
    assertThat(parse(List.of("data.limit=3")).fingerprint("data"))
        .isNotEqualTo(moved.fingerprint("data"))
        .contains("data.limit=3\n");
    assertThat(parse(List.of("data.limit=3")).fingerprint("sft"))
        .isEqualTo(moved.fingerprint("sft"));
  }

  @Test
  void theReferenceNamesEveryKeyWithItsDefault() {
    String page = RecipeReference.markdown();

    for (Key<?> key : Recipe.keys()) {
      assertThat(page).contains("| `" + key.path() + "` | ");
      assertThat(key.doc()).isNotBlank().doesNotEndWith(".");
    }
    assertThat(page).contains("| `reward.learning_rate` | `0.0003` |", "`name` | **required**");
  }

  @Test
  void aWrittenRecipeTeaches() {
    assertThat(parse(List.of()).toYaml())
        .contains("  # Longer prompts are left out. Allowed: a whole number, at least 8")
        .contains("  lora:\n")
        .contains("    targets: all\n")
        .contains("  judge: null\n")
        .contains("    motivation: 32\n");
  }

  /** A value that is allowed and changes the recipe. */
  private static String other(Key<?> key) {
    return OTHERS.computeIfAbsent(
        key.path(),
        path ->
            CANDIDATES.stream()
                .filter(candidate -> changes(path + "=" + candidate))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no other value for " + path)));
  }

  private static boolean changes(String override) {
    try {
      return !parse(List.of(override)).equals(parse(List.of()));
    } catch (AreteException e) {
      return false;
    }
  }

  private static List<Object> sections(Recipe recipe) {
    return List.of(
        recipe.general(),
        recipe.data(),
        recipe.sft(),
        recipe.feedback(),
        recipe.reward(),
        recipe.ppo(),
        recipe.dpo(),
        recipe.evaluation(),
        recipe.attack(),
        recipe.gates());
  }
}
