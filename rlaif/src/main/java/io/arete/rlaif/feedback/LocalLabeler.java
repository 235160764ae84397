package io.arete.rlaif.feedback;

import io.arete.engine.chat.ChatModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.rlaif.data.Constitution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A model on this machine as labeler, by the log-probabilities of its answer tokens.
 *
 * <p>All questions of a pass are one forest: what the virtues and the orders of a pair have in
 * common is read once. Logits are computed at the last token of each question only. If the
 * constitution asks for reasoning, the judge first writes to all questions of the pass.
 */
public final class LocalLabeler implements Labeler {

  /** A pass computes about so many tokens; one pair's questions are never parted. */
  public static final int TOKENS_PER_PASS = 4096;

  private final ChatModel model;
  private final JudgeQuestions asked;
  private final Optional<Rationales> rationales;
  private final AnswerTokens answers;
  private final int tokensPerPass;
  private LabelerWork work = LabelerWork.NONE;

  /**
   * A labeler.
   *
   * @param model borrowed
   * @param constitution its wording, answers and virtues; those of weight 0 are not asked
   * @param tokensPerPass most tokens computed at once, unless one pair alone has more; with those
   *     that rationales may have
   */
  public LocalLabeler(ChatModel model, Constitution constitution, int tokensPerPass) {
    this.model = model;
    this.asked = new JudgeQuestions(constitution);
    this.answers = AnswerTokens.of(constitution.judge(), model.tokenizer());
    this.rationales =
        constitution.judge().reasoning().map(reasoning -> new Rationales(model, reasoning));
    this.tokensPerPass = tokensPerPass;
  }

  @Override
  public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
    List<Optional<Judgement>> judgements =
        new ArrayList<>(Collections.nCopies(comparisons.size(), Optional.empty()));
    List<Integer> places = new ArrayList<>();
    List<int[]> questions = new ArrayList<>();
    int grows = rationales.map(Rationales::mostTokens).orElse(0);
    int longest = model.decoder().config().maxPositions() - grows;
    int tokens = 0;
    for (int i = 0; i < comparisons.size(); i++) {
      List<int[]> of = questions(comparisons.get(i));
      if (of.stream().anyMatch(ids -> ids.length > longest)) {
        continue;
      }
      int more = Forest.of(of).tokens() + of.size() * grows;
      if (!places.isEmpty() && tokens + more > tokensPerPass) {
        pass(places, questions, judgements);
        places.clear();
        questions.clear();
        tokens = 0;
      }
      places.add(i);
      questions.addAll(of);
      tokens += more;
    }
    if (!places.isEmpty()) {
      pass(places, questions, judgements);
    }
    return judgements;
  }

  @Override
  public LabelerWork work() {
    return work;
  }

  /** Ids of all questions about a pair: for each virtue the given order, then the other one. */
  List<int[]> questions(Comparison comparison) {
    return asked.of(comparison).stream().map(model.encoder()::promptIds).toList();
  }

  /** Both answers' log-probabilities to each question, all in one forest. */
  List<AnswerLogProbs> ask(List<int[]> questions) {
    Forest forest = Forest.of(questions);
    work = work.plus(new LabelerWork(questions.size(), forest.tokens(), forest.unsharedTokens()));
    int[] ends = new int[questions.size()];
    Arrays.setAll(ends, forest::end);
    int[] ids = answers.ids();
    double[] logProbs = logProbs(forest, ends, ids);
    List<AnswerLogProbs> read = new ArrayList<>();
    for (int i = 0; i < ends.length; i++) {
      read.add(answers.answer(logProbs, i * ids.length));
    }
    return read;
  }

  private void pass(
      List<Integer> places, List<int[]> questions, List<Optional<Judgement>> judgements) {
    List<String> reasons = new ArrayList<>();
    List<AnswerLogProbs> read = ask(reasoned(questions, reasons));
    int each = asked.each();
    for (int i = 0; i < places.size(); i++) {
      int from = i * each;
      List<String> said = reasons.isEmpty() ? reasons : reasons.subList(from, from + each);
      judgements.set(places.get(i), Optional.of(judgement(read.subList(from, from + each), said)));
    }
  }

  /**
   * The questions up to where the answer is read: behind the judge's rationale, if it gives one.
   *
   * @param reasons gets the rationales
   */
  private List<int[]> reasoned(List<int[]> questions, List<String> reasons) {
    if (rationales.isEmpty()) {
      return questions;
    }
    Rationales.Continued continued = rationales.get().write(questions, work);
    work = continued.work();
    reasons.addAll(continued.texts());
    return continued.questions();
  }

  private Judgement judgement(List<AnswerLogProbs> read, List<String> reasons) {
    return new Judgement(
        asked.votes(read.stream().map(AnswerLogProbs::logOdds).toList(), reasons),
        read.stream().mapToDouble(AnswerLogProbs::mass).average().orElseThrow());
  }

  /** Log-probabilities {@code [ends × ids]} of those tokens after those rows, row by row. */
  private double[] logProbs(Forest forest, int[] ends, int[] ids) {
    DecoderModel decoder = model.decoder();
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor rows = decoder.readRows(forest, Adapters.NONE, ends);
      Tensor logits = decoder.logits(decoder.norm(rows));
      Tensor chosen = logits.indexSelect(1, Tensors.indices(decoder.device(), ids));
      return chosen.sub(logits.logSumExp(1).unsqueeze(1)).toDoubles();
    }
  }
}
