package io.arete.rlaif.feedback;

import io.arete.engine.AreteException;
import io.arete.engine.text.Tokenizer;
import io.arete.rlaif.data.JudgeWording;
import io.arete.rlaif.text.Ids;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The tokens by which a judge's two answers begin, with and without a leading space. A token by
 * which both may begin tells nothing and is left out.
 */
final class AnswerTokens {

  private final int[] first;
  private final int[] second;

  private AnswerTokens(int[] first, int[] second) {
    this.first = first;
    this.second = second;
  }

  /**
   * The answers' tokens.
   *
   * @throws AreteException if the first token never tells the answers apart
   */
  static AnswerTokens of(JudgeWording wording, Tokenizer tokenizer) {
    Set<Integer> first = beginnings(wording.firstAnswer(), tokenizer);
    Set<Integer> second = beginnings(wording.secondAnswer(), tokenizer);
    Set<Integer> both = new TreeSet<>(first);
    both.retainAll(second);
    first.removeAll(both);
    second.removeAll(both);
    if (first.isEmpty() || second.isEmpty()) {
      throw new AreteException(
          "the judge's answers \""
              + wording.firstAnswer()
              + "\" and \""
              + wording.secondAnswer()
              + "\" begin with the same token; choose answers under judge.answers of the"
              + " constitution that differ at once, such as A and B");
    }
    return new AnswerTokens(array(first), array(second));
  }

  /** All tokens, those of the first answer in front. */
  int[] ids() {
    return Ids.concat(first, second);
  }

  /** Both answers' log-probabilities, from those of {@link #ids} at {@code from} in an array. */
  AnswerLogProbs answer(double[] logProbs, int from) {
    int middle = from + first.length;
    return AnswerLogProbs.ofSpellings(
        IntStream.range(from, middle).mapToDouble(i -> logProbs[i]).toArray(),
        IntStream.range(middle, middle + second.length).mapToDouble(i -> logProbs[i]).toArray());
  }

  private static Set<Integer> beginnings(String answer, Tokenizer tokenizer) {
    Set<Integer> ids = new TreeSet<>();
    for (String spelling : new String[] {answer, " " + answer}) {
      int[] tokens = tokenizer.encodePlain(spelling);
      if (tokens.length > 0) {
        ids.add(tokens[0]);
      }
    }
    return ids;
  }

  private static int[] array(Set<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }
}
