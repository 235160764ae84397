package io.arete.rlaif.feedback;

import io.arete.rlaif.data.Conversation;

/**
 * What a pair of sampled conversations is called in files.
 *
 * @param prompt id of their prompt
 * @param first sample number of the one
 * @param second sample number of the other
 */
record PairName(String prompt, int first, int second) {

  /** The name of two conversations on one prompt. */
  static PairName of(Conversation first, Conversation second) {
    return new PairName(first.promptId(), first.sample(), second.sample());
  }

  /** The name that a text holds. */
  static PairName parse(String text) {
    int second = text.lastIndexOf('-');
    int first = text.lastIndexOf('-', second - 1);
    return new PairName(
        text.substring(0, first),
        Integer.parseInt(text.substring(first + 1, second)),
        Integer.parseInt(text.substring(second + 1)));
  }

  @Override
  public String toString() {
    return prompt + "-" + first + "-" + second;
  }
}
