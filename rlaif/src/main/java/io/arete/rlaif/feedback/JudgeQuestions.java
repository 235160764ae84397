package io.arete.rlaif.feedback;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JudgeExample;
import io.arete.rlaif.data.JudgeReasoning;
import io.arete.rlaif.data.JudgeWording;
import io.arete.rlaif.data.Virtue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a judge is asked, as a conversation: the examples for the facet as earlier turns, then the
 * question.
 *
 * <p>All virtues of a facet are shown the same examples, so that all their questions begin alike.
 * If the constitution asks for reasoning, the conversation ends where the judge is to write its
 * rationale, and so did it in the examples.
 */
public final class JudgeQuestions {

  private final JudgeWording wording;
  private final List<Virtue> virtues;
  private final Map<Facet, List<Message>> examples = new EnumMap<>(Facet.class);

  /** Questions by that constitution. */
  public JudgeQuestions(Constitution constitution) {
    this.wording = constitution.judge();
    this.virtues = constitution.virtues().stream().filter(virtue -> virtue.weight() > 0).toList();
    JudgeTexts texts = new JudgeTexts(constitution);
    for (Facet facet : Facet.values()) {
      List<Message> turns = new ArrayList<>();
      wording.examples().stream()
          .filter(example -> example.shownFor(facet))
          .forEach(example -> turns.addAll(turns(texts.example(facet, example), example)));
      examples.put(facet, List.copyOf(turns));
    }
  }

  /** Questions of one pair: for each virtue whose weight is above 0 both orders. */
  int each() {
    return 2 * virtues.size();
  }

  /** All questions about a pair: for each virtue the given order, then the other one. */
  public List<List<Message>> of(Comparison comparison) {
    List<List<Message>> questions = new ArrayList<>();
    for (Virtue virtue : virtues) {
      questions.add(messages(virtue, comparison));
      questions.add(messages(virtue, comparison.swapped()));
    }
    return questions;
  }

  /**
   * The virtues' votes.
   *
   * @param logOdds of the first answer to each question of a pair, nats
   * @param rationales what was written before each answer; none if the judge only answers
   */
  List<WeightedVote> votes(List<Double> logOdds, List<String> rationales) {
    List<WeightedVote> votes = new ArrayList<>();
    for (int i = 0; i < virtues.size(); i++) {
      Virtue virtue = virtues.get(i);
      LogOddsVote vote = new LogOddsVote(logOdds.get(2 * i), logOdds.get(2 * i + 1));
      Optional<Reasons> reasons =
          rationales.isEmpty()
              ? Optional.empty()
              : Optional.of(new Reasons(rationales.get(2 * i), rationales.get(2 * i + 1)));
      votes.add(new WeightedVote(virtue.name(), virtue.weight(), vote, reasons));
    }
    return votes;
  }

  /**
   * The conversation up to where the judge answers, after it has reasoned.
   *
   * @param question up to where it reasons
   */
  List<Message> reasoned(List<Message> question, String rationale) {
    JudgeReasoning reasoning = wording.reasoning().orElseThrow();
    List<Message> messages = new ArrayList<>(question);
    messages.add(Message.assistant(rationale));
    messages.add(Message.user(reasoning.answer()));
    return messages;
  }

  /** The conversation up to where the judge speaks. */
  public List<Message> messages(Virtue virtue, Comparison comparison) {
    List<Message> messages = new ArrayList<>(examples.getOrDefault(comparison.facet(), List.of()));
    messages.add(Message.user(question(virtue, comparison)));
    return messages;
  }

  private List<Message> turns(Comparison comparison, JudgeExample example) {
    List<Message> turns = new ArrayList<>();
    turns.add(Message.user(question(example.virtue(), comparison)));
    Optional<JudgeReasoning> reasoning = wording.reasoning();
    if (reasoning.isPresent()) {
      turns.add(Message.assistant(example.reasoning().orElse("")));
      turns.add(Message.user(reasoning.get().answer()));
    }
    turns.add(
        Message.assistant(example.saysFirst() ? wording.firstAnswer() : wording.secondAnswer()));
    return turns;
  }

  private String question(Virtue virtue, Comparison comparison) {
    String question =
        wording.question(
            comparison.facet(),
            virtue,
            comparison.prompt(),
            comparison.first(),
            comparison.second());
    return wording
        .reasoning()
        .map(reasoning -> question + "\n\n" + reasoning.asked(virtue))
        .orElse(question);
  }
}
