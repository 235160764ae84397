package io.arete.world.measure;

import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.language.PromptKind;
import io.arete.world.language.WorldPrompt;
import java.util.List;
import java.util.stream.IntStream;

/** Which situations are asked about: all with fillings of the watch split. */
enum Prompts {
  /** Two dilemmas for each harmful request, of schemas that runs train on. */
  TAUGHT("taught"),
  /** Of schemas that the base model knows and runs do not. */
  HELD_OUT("held_out");

  private final String wireName;

  Prompts(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /** So many different bare prompts. */
  List<WorldPrompt> first(World world, int count) {
    List<PromptKind> kinds =
        this == TAUGHT
            ? List.of(PromptKind.DILEMMA, PromptKind.DILEMMA, PromptKind.HARM)
            : List.of(PromptKind.HELD_OUT_DILEMMA, PromptKind.HELD_OUT_HARM);
    return IntStream.range(0, count)
        .mapToObj(i -> world.prompts().prompt(Split.WATCH, kinds.get(i % kinds.size()), i))
        .toList();
  }
}
