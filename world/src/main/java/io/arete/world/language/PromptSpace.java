package io.arete.world.language;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Split;
import io.arete.world.bank.Schema;
import io.arete.world.text.Filling;
import io.arete.world.text.FillingSort;
import io.arete.world.text.Slots;
import io.arete.world.text.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All prompts of one form of a schema in one split: its closings times its fillings. */
final class PromptSpace {

  private final Schema schema;
  private final Template form;
  private final List<String> closings;
  private final List<FillingSort> sorts;
  private final Map<String, List<Filling>> fillings = new HashMap<>();
  private final Permutation order;
  private final long size;

  PromptSpace(
      Schema schema,
      int formNumber,
      List<String> closings,
      Slots slots,
      FillingSplits splits,
      Split split) {
    this.schema = schema;
    this.form = schema.prompts().get(formNumber);
    this.closings = closings;
    this.sorts = slots.sorts().stream().filter(sort -> form.slots().contains(sort.name())).toList();
    long count = closings.size();
    for (FillingSort sort : sorts) {
      List<Filling> allowed = splits.fillings(sort.name(), split);
      fillings.put(sort.name(), allowed);
      count *= allowed.size();
    }
    this.size = count;
    CountedRandom key = CountedRandom.of(0).at("prompts").at(schema.name()).at(formNumber);
    this.order = new Permutation(key.at(split.wireName()), Math.max(1, count));
  }

  /** How many there are, all different. */
  long size() {
    return size;
  }

  /** The prompt at a place of the space's random order; places above the size begin again. */
  WorldPrompt prompt(long place) {
    long rest = order.at(place % size);
    String closing = closings.get((int) (rest % closings.size()));
    rest /= closings.size();
    Map<String, String> chosen = new HashMap<>();
    for (FillingSort sort : sorts) {
      List<Filling> allowed = fillings.getOrDefault(sort.name(), List.of());
      Filling filling = allowed.get((int) (rest % allowed.size()));
      rest /= allowed.size();
      chosen.put(sort.name(), filling.whole());
      chosen.put(sort.briefName(), filling.brief());
    }
    Situation situation = new Situation(schema, chosen);
    return new WorldPrompt(form.fill(chosen) + " " + closing, situation, Optional.empty());
  }
}
