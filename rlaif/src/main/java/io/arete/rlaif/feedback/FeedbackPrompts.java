package io.arete.rlaif.feedback;

import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.RunData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which prompts get feedback: those that train and watch, never those of the verdict. */
final class FeedbackPrompts {

  private FeedbackPrompts() {}

  /**
   * The first prompts of both splits, train before watch.
   *
   * @param limit at most so many, divided like the splits themselves; 0 = all
   */
  static List<Prompt> choose(RunData data, int limit) {
    return choose(data, limit, prompt -> true);
  }

  /** The same of prompts that people's pairs are about. */
  static List<Prompt> ofPairs(RunData data, int limit) {
    Set<String> paired =
        data.pairs().stream().map(pair -> pair.prompt().id()).collect(Collectors.toSet());
    return choose(data, limit, prompt -> paired.contains(prompt.id()));
  }

  private static List<Prompt> choose(RunData data, int limit, Predicate<Prompt> wanted) {
    List<Prompt> train = data.prompts(Split.TRAIN).stream().filter(wanted).toList();
    List<Prompt> watch = data.prompts(Split.WATCH).stream().filter(wanted).toList();
    int all = train.size() + watch.size();
    List<Prompt> chosen = new ArrayList<>();
    if (limit == 0 || limit >= all) {
      chosen.addAll(train);
      chosen.addAll(watch);
    } else {
      int trainShare = (int) Math.round((double) limit * train.size() / all);
      chosen.addAll(train.subList(0, trainShare));
      chosen.addAll(watch.subList(0, limit - trainShare));
    }
    return chosen;
  }
}
