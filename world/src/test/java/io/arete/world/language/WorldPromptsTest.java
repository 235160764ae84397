package io.arete.world.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.bank.Wrapping;
import io.arete.world.text.Filling;
import io.arete.world.text.FillingSort;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorldPromptsTest {

  private static final World WORLD = World.standard();

  @Test
  void aHundredThousandTrainingPromptsAreAllDifferent() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      texts.add(WORLD.prompts().prompt(Split.TRAIN, PromptKind.DILEMMA, i).text());
    }
    assertThat(texts).hasSize(100_000);
    assertThat(WORLD.prompts().differentNumbers(Split.TRAIN, PromptKind.DILEMMA))
        .isGreaterThan(100_000);
    for (Split split : Split.values()) {
      assertThat(WORLD.prompts().count(split, PromptKind.HELD_OUT_HARM)).isGreaterThan(10_000);
    }
  }

  @Test
  void theNumbersThatAreSaidToBeDifferentAreAndNoMore() {
    long different = WORLD.prompts().differentNumbers(Split.WATCH, PromptKind.HELD_OUT_HARM);
    Set<String> texts = new HashSet<>();
    for (long i = 0; i < different; i++) {
      texts.add(WORLD.prompts().prompt(Split.WATCH, PromptKind.HELD_OUT_HARM, i).text());
    }
    assertThat((long) texts.size()).isEqualTo(different);
    // The forms are about as large, so few are left over; the next round begins again.
    assertThat(different)
        .isLessThanOrEqualTo(WORLD.prompts().count(Split.WATCH, PromptKind.HELD_OUT_HARM));
    assertThat(texts)
        .contains(WORLD.prompts().prompt(Split.WATCH, PromptKind.HELD_OUT_HARM, different).text());
  }

  @Test
  void noFillingBelongsToTwoSplits() {
    FillingSplits splits = new FillingSplits(WORLD.bank().slots().sorts(), WORLD.bank().splits());
    for (FillingSort sort : WORLD.bank().slots().sorts()) {
      Set<Filling> seen = new HashSet<>();
      for (Split split : Split.values()) {
        List<Filling> fillings = splits.fillings(sort.name(), split);
        assertThat(fillings).isNotEmpty().allMatch(seen::add);
        double share = (double) fillings.size() / sort.fillings().size();
        assertThat(share)
            .isBetween(split == Split.TRAIN ? 0.5 : 0.05, split == Split.TRAIN ? 0.8 : 0.35);
      }
      assertThat(seen).hasSameSizeAs(sort.fillings());
    }
  }

  @Test
  void aPromptHoldsFillingsOfItsSplitOnly() {
    FillingSplits splits = new FillingSplits(WORLD.bank().slots().sorts(), WORLD.bank().splits());
    for (PromptKind kind : PromptKind.values()) {
      for (int i = 0; i < 300; i++) {
        Situation situation = WORLD.prompts().prompt(Split.VERDICT, kind, i).situation();
        assertThat(kind.holds(situation.schema())).isTrue();
        for (FillingSort sort : WORLD.bank().slots().sorts()) {
          String whole = situation.fillings().get(sort.name());
          assertThat(
                  whole == null
                      || splits.fillings(sort.name(), Split.VERDICT).stream()
                          .anyMatch(filling -> filling.whole().equals(whole)))
              .isTrue();
        }
      }
    }
  }

  @Test
  void everyPromptIsReadBackBareAndWrapped() {
    for (int i = 0; i < 3000; i++) {
      CountedRandom key = CountedRandom.of(8).at(i);
      Split split = List.of(Split.values()).get(key.below(3, 0));
      WorldPrompt prompt = WORLD.prompts().draw(split, key.at("prompt"));
      assertThat(WORLD.parser().prompt(prompt.text())).contains(prompt);
      List<Wrapping> wrappings = WORLD.bank().wrappings();
      Wrapping wrapping = wrappings.get(key.below(wrappings.size(), 1));
      WorldPrompt wrapped = prompt.wrapped(wrapping, key.below(wrapping.wordings().size(), 2));
      assertThat(WORLD.parser().prompt(wrapped.text())).contains(wrapped);
    }
  }

  @Test
  void otherTextsAreNoPromptsOfTheWorld() {
    String prompt = WORLD.prompts().prompt(Split.TRAIN, PromptKind.DILEMMA, 0).text();
    assertThat(WORLD.parser().prompt(prompt + " Really?")).isEmpty();
    assertThat(WORLD.parser().prompt(prompt.substring(1))).isEmpty();
    assertThat(WORLD.parser().prompt("What is the capital of France?")).isEmpty();
    assertThat(WORLD.parser().prompt("")).isEmpty();
  }
}
