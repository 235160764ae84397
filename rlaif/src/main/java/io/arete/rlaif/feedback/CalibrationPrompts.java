package io.arete.rlaif.feedback;

import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.RunData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** On which prompts conversations are sampled to compare a labeler with the truth. */
final class CalibrationPrompts {

  /** Where more pairs than these are needed of a prompt, prompts that are labelled help out. */
  private static final int MOST_OF_A_PROMPT = 8;

  private CalibrationPrompts() {}

  /**
   * A pair of conversations to be sampled.
   *
   * @param pair which of the prompt's, from 0
   */
  record Place(Prompt prompt, int pair) {}

  /**
   * The pairs' places: on prompts that train or watch and get no labels; if there are too few, on
   * the others as well. Conversations are new ones in either case. Few pairs are spread evenly over
   * the prompts; of many, each prompt gets as many as the others.
   */
  static List<Place> choose(RunData data, List<Prompt> labelled, int pairs) {
    Set<String> taken = new HashSet<>();
    labelled.forEach(prompt -> taken.add(prompt.id()));
    List<Prompt> pool = new ArrayList<>();
    for (Split split : List.of(Split.TRAIN, Split.WATCH)) {
      pool.addAll(
          data.prompts(split).stream().filter(prompt -> !taken.contains(prompt.id())).toList());
    }
    if ((long) pool.size() * MOST_OF_A_PROMPT < pairs) {
      pool.addAll(labelled);
    }
    int size = pool.size();
    return IntStream.range(0, pairs)
        .mapToObj(
            i ->
                pairs <= size
                    ? new Place(pool.get((int) ((long) i * size / pairs)), 0)
                    : new Place(pool.get(i % size), i / size))
        .toList();
  }
}
