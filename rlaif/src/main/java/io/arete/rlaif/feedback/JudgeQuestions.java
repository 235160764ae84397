package io.arete.rlaif.feedback;

import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Virtue;
import java.util.ArrayList;
import java.util.List;

/**
 * What every judge is asked about a pair: for each virtue of the constitution whose weight is above
 * 0, the given order, then the other one.
 */
final class JudgeQuestions {

  private final Constitution constitution;
  private final List<Virtue> virtues;

  JudgeQuestions(Constitution constitution) {
    this.constitution = constitution;
    this.virtues = constitution.virtues().stream().filter(virtue -> virtue.weight() > 0).toList();
  }

  /** Questions of one pair. */
  int each() {
    return 2 * virtues.size();
  }

  /** The questions about a pair, as text. */
  List<String> of(Comparison comparison) {
    List<String> questions = new ArrayList<>();
    for (Virtue virtue : virtues) {
      questions.add(question(virtue, comparison));
      questions.add(question(virtue, comparison.swapped()));
    }
    return questions;
  }

  /**
   * The virtues' votes.
   *
   * @param logOdds of the first answer to each question of a pair, nats
   */
  List<WeightedVote> votes(List<Double> logOdds) {
    List<WeightedVote> votes = new ArrayList<>();
    for (int i = 0; i < virtues.size(); i++) {
      Virtue virtue = virtues.get(i);
      LogOddsVote vote = new LogOddsVote(logOdds.get(2 * i), logOdds.get(2 * i + 1));
      votes.add(new WeightedVote(virtue.name(), virtue.weight(), vote));
    }
    return votes;
  }

  private String question(Virtue virtue, Comparison comparison) {
    return constitution
        .judge()
        .question(
            comparison.facet(),
            virtue,
            comparison.prompt(),
            comparison.first(),
            comparison.second());
  }
}
