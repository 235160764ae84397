package io.arete.engine.generate;

import io.arete.engine.AreteException;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.NoGrad;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Generates many replies at once: prompts are read as one forest, then every running reply grows by
 * one token a step; finished ones leave and waiting ones enter. Many conversations are shared out
 * among lanes; what is sampled does not depend on that.
 */
public final class Generator {

  /** Fewer conversations than this are not worth a lane. */
  private static final int MIN_CONVERSATIONS = 4;

  private final Setting setting;
  private final int maxRunning;

  /** What all lanes share. */
  record Setting(
      DecoderModel model, Adapters adapters, Set<Integer> endOfTurn, Runnable beforeStep) {}

  /**
   * A generator over a model.
   *
   * @param adapters active additions, frozen
   * @param endOfTurn ids that end a reply; without any, all replies have the length that was asked
   * @param maxRunning replies that grow at once, at least 1
   */
  public Generator(DecoderModel model, Adapters adapters, Set<Integer> endOfTurn, int maxRunning) {
    this(model, adapters, endOfTurn, maxRunning, () -> {});
  }

  /**
   * As the other.
   *
   * @param beforeStep called before each step of a lane, on the lane's thread; what it throws ends
   *     the generation
   */
  public Generator(
      DecoderModel model,
      Adapters adapters,
      Set<Integer> endOfTurn,
      int maxRunning,
      Runnable beforeStep) {
    if (maxRunning < 1) {
      throw new IllegalArgumentException("maxRunning " + maxRunning + " must be at least 1");
    }
    this.setting = new Setting(model, adapters, Set.copyOf(endOfTurn), beforeStep);
    this.maxRunning = maxRunning;
  }

  /** Replies to single-turn requests, in their order. */
  public List<Reply> generate(List<Request> requests, Sampling sampling) {
    return generate(requests, sampling, reply -> {});
  }

  /**
   * Replies to single-turn requests, in their order.
   *
   * @param finished told of each reply as it ends, in no particular order
   */
  public List<Reply> generate(List<Request> requests, Sampling sampling, Consumer<Reply> finished) {
    List<List<Request>> turns = requests.stream().map(List::of).toList();
    return generateTurns(turns, sampling, finished).stream().map(list -> list.get(0)).toList();
  }

  /**
   * Replies of several turns each. What a later turn's request holds as its prompt follows the
   * reply before it (whose missing end-of-turn token is added if it was cut off): only that is
   * computed, the conversation before it stays in the cache.
   *
   * @param conversations for each conversation its turns, at least one
   * @param finished told of each reply as it ends, in no particular order
   * @return for each conversation its replies, one a turn
   * @throws AreteException if a conversation can exceed the model's context
   */
  public List<List<Reply>> generateTurns(
      List<List<Request>> conversations, Sampling sampling, Consumer<Reply> finished) {
    if (conversations.isEmpty()) {
      return List.of();
    }
    conversations.forEach(this::checkLength);
    int running = Math.min(maxRunning, conversations.size());
    int lanes = Math.max(1, Math.min(setting.model().lanes(), running / MIN_CONVERSATIONS));
    Object one = new Object();
    Consumer<Reply> told =
        reply -> {
          synchronized (one) {
            finished.accept(reply);
          }
        };
    List<Callable<List<List<Reply>>>> parts = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      // Neighbours stay together: samples of one prompt share its reading.
      List<List<Request>> part =
          conversations.subList(
              conversations.size() * lane / lanes, conversations.size() * (lane + 1) / lanes);
      parts.add(() -> grow(part, Math.max(1, maxRunning / lanes), sampling, told));
    }
    return Lanes.run(parts).stream().flatMap(List::stream).toList();
  }

  private List<List<Reply>> grow(
      List<List<Request>> conversations, int rows, Sampling sampling, Consumer<Reply> finished) {
    try (NoGrad still = NoGrad.open();
        Batch batch = new Batch(setting, conversations, rows, sampling, finished)) {
      return batch.run();
    }
  }

  private void checkLength(List<Request> turns) {
    if (Batch.longest(turns) > setting.model().config().maxPositions()) {
      throw new AreteException(
          "a prompt of "
              + turns.get(0).prompt().length
              + " tokens with its replies can reach "
              + Batch.longest(turns)
              + " tokens, more than the model's context of "
              + setting.model().config().maxPositions()
              + "; shorten the prompt or lower the replies' limits");
    }
  }
}
