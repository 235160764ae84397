package io.arete.rlaif.sft;

/**
 * A talk as ids, and what is learned from it.
 *
 * @param id of the talk
 * @param ids all tokens
 * @param learned positions in {@code ids} of the tokens that are learned, rising, each above 0
 */
record SftExample(String id, int[] ids, int[] learned) {

  /** The tokens at {@link #learned}. */
  int[] targets() {
    int[] targets = new int[learned.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = ids[learned[i]];
    }
    return targets;
  }
}
