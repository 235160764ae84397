package io.arete.rlaif.estimate;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.GeneralSection.Memory;
import io.arete.rlaif.config.GeneralSection.Tuning;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which settings make a run fit. Those that change nothing but time and memory come first, what
 * changes the texts or what is trained last; the first that fits by the same estimate is named.
 *
 * @param subject what does not fit
 * @param stages that will run
 * @param with the recipe with further overrides
 */
record Advice(Forecast.Subject subject, List<Stage> stages, Function<List<String>, Recipe> with) {

  /** Fewer tokens than this in a pass cost more time than they save memory. */
  private static final int FEWEST_TOKENS = 256;

  private static final int FEWEST_REPLY_TOKENS = 16;

  /**
   * Settings that fit.
   *
   * @param overrides as the command line takes them
   * @param bytes what the run then needs at its highest
   */
  record Suggestion(List<String> overrides, double bytes) {}

  /** The gentlest change that fits; empty if none does. */
  Optional<Suggestion> gentlest() {
    for (List<String> overrides : candidates()) {
      Optional<Double> bytes = highest(overrides);
      if (bytes.isPresent() && bytes.get() <= subject.machine().freeBytes()) {
        return Optional.of(new Suggestion(overrides, bytes.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<Double> highest(List<String> overrides) {
    try {
      StageMemory memory = subject.memory(with.apply(overrides));
      return Optional.of(
          stages.stream().mapToDouble(stage -> memory.of(stage).bytes()).max().orElse(0));
    } catch (AreteException e) {
      // Settings that contradict the others are no advice.
      return Optional.empty();
    }
  }

  private List<List<String>> candidates() {
    List<List<String>> free = new ArrayList<>();
    List<String> low =
        subject.recipe().general().memory() == Memory.LOW ? List.of() : List.of("memory=low");
    free.add(List.of());
    free.add(low);
    for (int divisor = 2; divisor <= 16; divisor *= 2) {
      free.add(shorterPasses(divisor));
      free.add(join(low, shorterPasses(divisor)));
    }
    List<List<String>> forms = new ArrayList<>();
    forms.add(List.of());
    if (subject.recipe().general().tuning() == Tuning.FULL) {
      forms.add(List.of("tuning=lora"));
    }
    if (subject.recipe().general().tuning() != Tuning.QLORA) {
      forms.add(List.of("tuning=qlora"));
    }
    List<List<String>> all = new ArrayList<>();
    for (List<String> texts : List.of(List.<String>of(), shorterReplies())) {
      for (List<String> form : forms) {
        free.forEach(passes -> all.add(join(join(form, passes), texts)));
      }
    }
    return all.stream().filter(overrides -> !overrides.isEmpty()).distinct().toList();
  }

  private List<String> shorterPasses(int divisor) {
    Recipe recipe = subject.recipe();
    List<String> overrides = new ArrayList<>();
    for (Stage stage : stages) {
      switch (stage) {
        case SFT -> shorter(overrides, "sft", recipe.sft().tokensPerPass(), divisor);
        case REWARD -> shorter(overrides, "reward", recipe.reward().tokensPerPass(), divisor);
        case PPO -> {
          if (recipe.ppo().fromPairs()) {
            shorter(overrides, "dpo", recipe.dpo().tokensPerPass(), divisor);
          } else {
            shorter(overrides, "ppo", recipe.ppo().update().tokensPerPass(), divisor);
          }
        }
        case FEEDBACK, EVALUATION, ATTACK -> {} // Their passes are not the recipe's to set.
      }
    }
    return overrides;
  }

  private static void shorter(List<String> overrides, String section, int tokens, int divisor) {
    int fewer = tokens / divisor;
    if (fewer >= FEWEST_TOKENS) {
      overrides.add(section + ".tokens_per_pass=" + fewer);
    }
  }

  private List<String> shorterReplies() {
    List<String> overrides = new ArrayList<>();
    halve(overrides, "feedback", subject.recipe().feedback().maxReplyTokens());
    halve(overrides, "ppo", subject.recipe().ppo().maxReplyTokens());
    return overrides;
  }

  private static void halve(List<String> overrides, String section, Map<Facet, Integer> limits) {
    limits.forEach(
        (facet, limit) -> {
          if (limit / 2 >= FEWEST_REPLY_TOKENS) {
            overrides.add(section + ".max_reply_tokens." + facet.wireName() + "=" + limit / 2);
          }
        });
  }

  private static List<String> join(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /** The sentence of a refusal. */
  static String refusal(MemoryNeed need, Machine machine, Optional<Suggestion> suggestion) {
    Map.Entry<Part, Double> cause = need.cause();
    String remedy =
        suggestion
            .map(
                found ->
                    "set "
                        + found.overrides().stream().collect(Collectors.joining(", "))
                        + ", which needs about "
                        + gibibytes(found.bytes()))
            .orElse("no setting of the recipe is enough, so take a smaller base or free memory");
    return String.format(
        Locale.ROOT,
        "the stage %s will need about %s of memory, most of all for %s (%s), but %s are free; %s,"
            + " or go on all the same with --ignore-memory",
        need.stage().wireName(),
        gibibytes(need.bytes()),
        cause.getKey().words(),
        gibibytes(cause.getValue()),
        gibibytes((double) machine.freeBytes()),
        remedy);
  }

  static String gibibytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (1 << 30));
  }
}
