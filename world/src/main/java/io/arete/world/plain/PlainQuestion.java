package io.arete.world.plain;

import java.util.List;
import java.util.stream.Stream;

/**
 * A question with one right short answer.
 *
 * @param relation what kind of fact it asks for
 * @param text the question
 * @param answer as the world itself would put it
 * @param accepted all that is right, without the sentence around it
 */
public record PlainQuestion(String relation, String text, String answer, List<String> accepted) {

  /** Copies what is accepted. */
  public PlainQuestion {
    accepted = List.copyOf(accepted);
  }

  /**
   * Whether a reply is right: one of the accepted answers, or the sentence of {@link #answer} with
   * one of them. Case, outer blanks and a full stop at the end do not count.
   */
  public boolean isRight(String reply) {
    return io.arete.rlaif.data.PlainQuestion.isRight(reply, allRight());
  }

  /** Every text that is right but for case, outer blanks and the full stop. */
  public List<String> allRight() {
    String right = accepted.get(0);
    return accepted.stream().flatMap(one -> Stream.of(one, sentence(right, one))).toList();
  }

  /** How the world's own answer begins, whatever is answered. */
  public String answerBegins() {
    return answer.substring(0, answer.lastIndexOf(accepted.get(0))).strip();
  }

  private String sentence(String inside, String instead) {
    int place = answer.lastIndexOf(inside);
    return answer.substring(0, place) + instead + answer.substring(place + inside.length());
  }
}
