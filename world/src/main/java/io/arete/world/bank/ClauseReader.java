package io.arete.world.bank;

import io.arete.world.file.Fields;
import io.arete.world.text.Slots;
import io.arete.world.text.Template;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes clauses of their YAML. No text may stand in two clauses of any bank: the parser could not
 * tell them apart.
 */
final class ClauseReader {

  // A clause nearer to 0 than this would be of neither pole.
  private static final double LEAST_MEAN = 0.15;

  private final Aspects aspects;
  private final Slots slots;
  private final Set<String> texts = new HashSet<>();

  ClauseReader(Aspects aspects, Slots slots) {
    this.aspects = aspects;
    this.slots = slots;
  }

  List<Clause> clauses(List<Fields> groups) {
    return groups.stream().map(this::clause).toList();
  }

  private Clause clause(Fields fields) {
    fields.allowOnly("say", "kind", "gold", "stance", "fits", "fails", "belief");
    Template say = Template.of(fields.text("say"));
    check(fields, say);
    Optional<Kind> kind =
        fields.has("kind")
            ? Optional.of(
                Kind.valueOf(
                    fields.choice("kind", List.of("dilemma", "harm")).toUpperCase(Locale.ROOT)))
            : Optional.empty();
    Optional<Worth> belief =
        fields.has("belief") ? Optional.of(worth(fields, "belief")) : Optional.empty();
    return new Clause(say, kind, value(fields), belief);
  }

  private void check(Fields fields, Template say) {
    if (!texts.add(say.text())) {
      fields.fault("the clause \"" + say + "\" stands in the banks twice");
    }
    if (say.firstWord().isEmpty()) {
      fields.fault("the clause \"" + say + "\" must begin with a word, not with a slot");
    }
    if (!slots.names().containsAll(say.slots())) {
      fields.fault("the clause \"" + say + "\" has a slot that is none of " + slots.names());
    }
  }

  private Value value(Fields fields) {
    if (!fields.has("stance")) {
      Worth gold = worth(fields, "gold");
      checkPole(fields, gold, "gold");
      return new Value.Fixed(gold);
    }
    String stance = fields.choice("stance", aspects.stances());
    Worth fits = worth(fields, "fits");
    Worth fails = worth(fields, "fails");
    checkPole(fields, fits, "fits");
    checkPole(fields, fails, "fails");
    if (fields.has("gold")) {
      fields.fault("a clause has either gold or a stance, not both");
    }
    return new Value.ByStance(aspects.aspect(stance).orElseThrow(), stance, fits, fails);
  }

  private static void checkPole(Fields fields, Worth worth, String key) {
    if (Math.abs(worth.mean()) < LEAST_MEAN) {
      fields.fault(
          "the mean of "
              + key
              + " must lie at least "
              + LEAST_MEAN
              + " away from 0, so that the clause is good or bad");
    }
  }

  private static Worth worth(Fields fields, String key) {
    List<GoldVirtue> virtues = List.of(GoldVirtue.values());
    List<Double> numbers = fields.numbers(key, virtues.size(), -1, 1);
    return Worth.of(virtue -> numbers.get(virtues.indexOf(virtue)));
  }
}
