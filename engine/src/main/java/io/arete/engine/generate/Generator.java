package io.arete.engine.generate;

import io.arete.engine.AreteException;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.ForestAttention;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Generates many replies at once: prompts are read as one forest, then every running reply grows by
 * one token a step; finished ones leave and waiting ones enter. One thread at a time a model.
 */
public final class Generator {

  private final DecoderModel model;
  private final Adapters adapters;
  private final Set<Integer> endOfTurn;
  private final int maxRunning;

  /**
   * A generator over a model.
   *
   * @param adapters active additions, frozen
   * @param endOfTurn ids that end a reply
   * @param maxRunning replies that grow at once, at least 1
   */
  public Generator(DecoderModel model, Adapters adapters, Set<Integer> endOfTurn, int maxRunning) {
    if (maxRunning < 1) {
      throw new IllegalArgumentException("maxRunning " + maxRunning + " must be at least 1");
    }
    this.model = model;
    this.adapters = adapters;
    this.endOfTurn = Set.copyOf(endOfTurn);
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
    try (NoGrad still = NoGrad.open();
        Batch batch = new Batch(conversations, sampling, finished)) {
      return batch.run();
    }
  }

  private void checkLength(List<Request> turns) {
    if (longest(turns) > model.config().maxPositions()) {
      throw new AreteException(
          "a prompt of "
              + turns.get(0).prompt().length
              + " tokens with its replies can reach "
              + longest(turns)
              + " tokens, more than the model's context of "
              + model.config().maxPositions()
              + "; shorten the prompt or lower the replies' limits");
    }
  }

  /** Tokens of a conversation whose replies all reach their limits. */
  private static long longest(List<Request> turns) {
    long tokens = 0;
    for (Request turn : turns) {
      // One more for the end-of-turn token that a cut-off reply lacks.
      tokens += 1L + turn.prompt().length + turn.maxNewTokens();
    }
    return tokens - 1;
  }

  /** A conversation that is growing in one row of the cache. */
  private final class Running {
    final int index;
    final Iterator<Request> turns;
    final List<Reply> replies = new ArrayList<>();
    private Request turn;
    private int[] ids;
    private double[] logProbs;
    private int length;
    private int[] given;
    private int givenFed;
    private int cached;

    Running(int index, List<Request> conversation) {
      this.index = index;
      turns = conversation.iterator();
      turn = turns.next();
      ids = new int[turn.maxNewTokens()];
      logProbs = new double[turn.maxNewTokens()];
      given = turn.prompt();
    }

    /** Takes note that the whole prompt was read at once. */
    void prefilled() {
      givenFed = given.length;
      cached = given.length;
    }

    /** The token to be read next: a given one, or the newest of the reply. */
    int nextInput() {
      return givenFed < given.length ? given[givenFed] : ids[length - 1];
    }

    /** Takes note that {@link #nextInput} was read. */
    void fed() {
      if (givenFed < given.length) {
        givenFed++;
      }
      cached++;
    }

    /** Whether all given tokens were read, so that the reply grows. */
    boolean growing() {
      return givenFed == given.length;
    }

    double uniform() {
      return turn.draws().uniform(length);
    }

    void add(long id, double logProb) {
      ids[length] = (int) id;
      logProbs[length] = logProb;
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
          before.ended() == Reply.Ended.TURN
              ? new int[] {ids[length - 1]}
              : new int[] {ids[length - 1], endOfTurn.iterator().next()};
      turn = next;
      given = Arrays.copyOf(open, open.length + next.prompt().length);
      System.arraycopy(next.prompt(), 0, given, open.length, next.prompt().length);
      givenFed = 0;
      ids = new int[next.maxNewTokens()];
      logProbs = new double[next.maxNewTokens()];
      length = 0;
    }
  }

  /** The state of one call: row i of the cache belongs to the i-th running conversation. */
  private final class Batch implements AutoCloseable {
    private final List<List<Request>> conversations;
    private final TokenChooser chooser;
    private final Consumer<Reply> finished;
    private final List<List<Reply>> results = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final int rows;
    private final KeyValueCache cache;
    private int next;

    Batch(List<List<Request>> conversations, Sampling sampling, Consumer<Reply> finished) {
      this.conversations = conversations;
      this.finished = finished;
      chooser = new TokenChooser(sampling);
      conversations.forEach(conversation -> results.add(List.of()));
      // At most the model's context: checkLength has looked.
      int capacity = (int) conversations.stream().mapToLong(Generator::longest).max().orElse(1);
      // Places in the cache are ints.
      rows = Math.min(Math.min(maxRunning, conversations.size()), Integer.MAX_VALUE / capacity);
      cache =
          new KeyValueCache(
              model.config().layers(), rows, capacity, model.config().shape(), model.device());
    }

    List<List<Reply>> run() {
      while (next < conversations.size() || !running.isEmpty()) {
        // Reading prompts a few at a time keeps both kinds of step large.
        int free = rows - running.size();
        if (next < conversations.size() && (running.isEmpty() || free >= Math.max(1, rows / 4))) {
          admit(free);
        } else {
          step();
        }
        retire();
      }
      return List.copyOf(results);
    }

    private void admit(int free) {
      int first = running.size();
      List<int[]> prompts = new ArrayList<>();
      while (prompts.size() < free && next < conversations.size()) {
        running.add(new Running(next, conversations.get(next)));
        prompts.add(conversations.get(next).get(0).prompt());
        next++;
      }
      try (Scope scope = Scope.open()) {
        Forest forest = Forest.of(prompts);
        Tensor hidden =
            model.trunk(forest.ids(), forest.positions(), prefill(forest, first), adapters);
        int[] ends = new int[prompts.size()];
        Arrays.setAll(ends, forest::end);
        List<Running> admitted = running.subList(first, running.size());
        admitted.forEach(Running::prefilled);
        append(hidden.indexSelect(0, Tensors.indices(model.device(), ends)), admitted);
      }
    }

    private PrefillAttention prefill(Forest forest, int firstRow) {
      int tokens = Math.toIntExact(forest.unsharedTokens());
      int[] sources = new int[tokens];
      int[] places = new int[tokens];
      int at = 0;
      for (int i = 0; i < forest.sequences(); i++) {
        int[] path = forest.path(i);
        for (int position = 0; position < path.length; position++) {
          sources[at] = path[position];
          places[at] = cache.place(firstRow + i, position);
          at++;
        }
      }
      return new PrefillAttention(
          new ForestAttention(forest, model.config().queryGroups(), model.device()),
          cache,
          Tensors.indices(model.device(), sources),
          Tensors.indices(model.device(), places));
    }

    private void step() {
      int[] ids = running.stream().mapToInt(Running::nextInput).toArray();
      int[] positions = running.stream().mapToInt(row -> row.cached).toArray();
      running.forEach(Running::fed);
      try (Scope scope = Scope.open()) {
        CachedAttention attention = new CachedAttention(cache, positions, model.device());
        Tensor hidden = model.trunk(ids, positions, attention, adapters);
        int[] growing =
            IntStream.range(0, running.size()).filter(row -> running.get(row).growing()).toArray();
        if (growing.length == running.size()) {
          append(hidden, running);
        } else if (growing.length > 0) {
          append(
              hidden.indexSelect(0, Tensors.indices(model.device(), growing)),
              Arrays.stream(growing).mapToObj(running::get).toList());
        }
      }
    }

    /** Chooses a token for each reply, given its newest hidden state. */
    private void append(Tensor hidden, List<Running> growing) {
      double[] uniforms = growing.stream().mapToDouble(Running::uniform).toArray();
      TokenChooser.Choice choice =
          chooser.choose(model.logits(model.norm(hidden)), uniforms, model.device());
      for (int i = 0; i < growing.size(); i++) {
        growing.get(i).add(choice.ids()[i], choice.logProbs()[i]);
      }
    }

    /** Turns over complete replies; the last row moves into the gap of a finished conversation. */
    private void retire() {
      for (int row = running.size() - 1; row >= 0; row--) {
        Running conversation = running.get(row);
        Reply reply = conversation.complete();
        if (reply == null) {
          continue;
        }
        conversation.replies.add(reply);
        finished.accept(reply);
        if (conversation.turns.hasNext()) {
          conversation.begin(conversation.turns.next(), reply);
          continue;
        }
        results.set(conversation.index, List.copyOf(conversation.replies));
        Running last = running.remove(running.size() - 1);
        if (last != conversation) {
          cache.move(running.size(), row, last.cached);
          running.set(row, last);
        }
      }
    }

    @Override
    public void close() {
      cache.close();
    }
  }
}
