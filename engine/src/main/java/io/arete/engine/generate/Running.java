package io.arete.engine.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A conversation that is growing in one row of the cache. */
final class Running {
  final int index;
  final Iterator<Request> turns;
  final List<Reply> replies = new ArrayList<>();
  private final Set<Integer> endOfTurn;
  private Request turn;
  private int[] ids;
  private double[] logProbs;
  private int length;
  private int[] inputs;
  private int cached;

  Running(int index, List<Request> conversation, Set<Integer> endOfTurn) {
    this.index = index;
    this.endOfTurn = endOfTurn;
    turns = conversation.iterator();
    turn = turns.next();
    ids = new int[turn.maxNewTokens()];
    logProbs = new double[turn.maxNewTokens()];
    inputs = turn.prompt();
  }

  /** The tokens to be read next: what is given, or the newest of the reply. */
  int[] inputs() {
    return inputs;
  }

  /** Takes note that {@link #inputs} were read. */
  void fed() {
    cached += inputs.length;
  }

  /** Tokens in the cache. */
  int cached() {
    return cached;
  }

  double uniform() {
    return turn.draws().uniform(length);
  }

  void add(long id, double logProb) {
    ids[length] = (int) id;
    logProbs[length] = logProb;
    inputs = new int[] {ids[length]};
    length++;
  }

  /** The reply if it is complete, else null. */
  @Nullable Reply complete() {
    boolean ended = length > 0 && endOfTurn.contains(ids[length - 1]);
    if (!ended && length < turn.maxNewTokens()) {
      return null;
    }
    return new Reply(
        Arrays.copyOf(ids, length),
        ended ? Reply.Ended.TURN : Reply.Ended.LENGTH,
        Arrays.copyOf(logProbs, length));
  }

  /** Begins the next turn behind a complete reply, whose last token is not in the cache yet. */
  void begin(Request next, Reply before) {
    int[] open =
        before.ended() == Reply.Ended.TURN || endOfTurn.isEmpty()
            ? new int[] {ids[length - 1]}
            : new int[] {ids[length - 1], endOfTurn.iterator().next()};
    turn = next;
    inputs = Arrays.copyOf(open, open.length + next.prompt().length);
    System.arraycopy(next.prompt(), 0, inputs, open.length, next.prompt().length);
    ids = new int[next.maxNewTokens()];
    logProbs = new double[next.maxNewTokens()];
    length = 0;
  }
}
