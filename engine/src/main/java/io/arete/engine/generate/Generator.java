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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
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

  /** Replies to the requests, in their order. */
  public List<Reply> generate(List<Request> requests, Sampling sampling) {
    return generate(requests, sampling, reply -> {});
  }

  /**
   * Replies to the requests, in their order.
   *
   * @param finished told of each reply as it ends, in no particular order
   * @throws AreteException if a prompt with its reply exceeds the model's context
   */
  public List<Reply> generate(List<Request> requests, Sampling sampling, Consumer<Reply> finished) {
    if (requests.isEmpty()) {
      return List.of();
    }
    requests.forEach(this::checkLength);
    try (NoGrad still = NoGrad.open();
        Batch batch = new Batch(requests, sampling, finished)) {
      return batch.run();
    }
  }

  private void checkLength(Request request) {
    int longest = request.prompt().length + request.maxNewTokens();
    if (longest > model.config().maxPositions()) {
      throw new AreteException(
          "a prompt of "
              + request.prompt().length
              + " tokens and a reply of up to "
              + request.maxNewTokens()
              + " exceed the model's context of "
              + model.config().maxPositions()
              + "; shorten the prompt or lower the reply's limit");
    }
  }

  /** A reply that is growing in one row of the cache. */
  private static final class Running {
    final int index;
    final Request request;
    final int[] ids;
    final double[] logProbs;
    int length;

    Running(int index, Request request) {
      this.index = index;
      this.request = request;
      ids = new int[request.maxNewTokens()];
      logProbs = new double[request.maxNewTokens()];
    }

    /** Where its newest token stands. */
    int position() {
      return request.prompt().length + length - 1;
    }

    void add(long id, double logProb) {
      ids[length] = (int) id;
      logProbs[length] = logProb;
      length++;
    }
  }

  /** The state of one call: row i of the cache belongs to the i-th running reply. */
  private final class Batch implements AutoCloseable {
    private final List<Request> requests;
    private final TokenChooser chooser;
    private final Consumer<Reply> finished;
    private final @Nullable Reply[] replies;
    private final List<Running> running = new ArrayList<>();
    private final int rows;
    private final KeyValueCache cache;
    private int next;

    Batch(List<Request> requests, Sampling sampling, Consumer<Reply> finished) {
      this.requests = requests;
      this.finished = finished;
      chooser = new TokenChooser(sampling);
      replies = new Reply[requests.size()];
      int capacity =
          requests.stream().mapToInt(r -> r.prompt().length + r.maxNewTokens()).max().orElse(1);
      // Places in the cache are ints.
      rows = Math.min(Math.min(maxRunning, requests.size()), Integer.MAX_VALUE / capacity);
      cache =
          new KeyValueCache(
              model.config().layers(), rows, capacity, model.config().shape(), model.device());
    }

    List<Reply> run() {
      while (next < requests.size() || !running.isEmpty()) {
        // Reading prompts a few at a time keeps both kinds of step large.
        int free = rows - running.size();
        if (next < requests.size() && (running.isEmpty() || free >= Math.max(1, rows / 4))) {
          admit(free);
        } else {
          step();
        }
        retire();
      }
      return Arrays.stream(replies).map(Objects::requireNonNull).toList();
    }

    private void admit(int free) {
      int first = running.size();
      List<int[]> prompts = new ArrayList<>();
      while (prompts.size() < free && next < requests.size()) {
        running.add(new Running(next, requests.get(next)));
        prompts.add(requests.get(next).prompt());
        next++;
      }
      try (Scope scope = Scope.open()) {
        Forest forest = Forest.of(prompts);
        Tensor hidden =
            model.trunk(forest.ids(), forest.positions(), prefill(forest, first), adapters);
        int[] ends = new int[prompts.size()];
        Arrays.setAll(ends, forest::end);
        append(hidden.indexSelect(0, Tensors.indices(model.device(), ends)), first);
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
      int[] ids = running.stream().mapToInt(r -> r.ids[r.length - 1]).toArray();
      int[] positions = running.stream().mapToInt(Running::position).toArray();
      try (Scope scope = Scope.open()) {
        CachedAttention attention = new CachedAttention(cache, positions, model.device());
        append(model.trunk(ids, positions, attention, adapters), 0);
      }
    }

    /** Chooses a token for each reply from {@code first} on, given its newest hidden state. */
    private void append(Tensor hidden, int first) {
      List<Running> growing = running.subList(first, running.size());
      double[] uniforms =
          growing.stream().mapToDouble(r -> r.request.draws().uniform(r.length)).toArray();
      TokenChooser.Choice choice =
          chooser.choose(model.logits(model.norm(hidden)), uniforms, model.device());
      for (int i = 0; i < growing.size(); i++) {
        growing.get(i).add(choice.ids()[i], choice.logProbs()[i]);
      }
    }

    /** Takes finished replies out; the last row moves into the gap. */
    private void retire() {
      for (int row = running.size() - 1; row >= 0; row--) {
        Running reply = running.get(row);
        boolean ended = endOfTurn.contains(reply.ids[reply.length - 1]);
        if (!ended && reply.length < reply.request.maxNewTokens()) {
          continue;
        }
        Reply result =
            new Reply(
                Arrays.copyOf(reply.ids, reply.length),
                ended ? Reply.Ended.TURN : Reply.Ended.LENGTH,
                Arrays.copyOf(reply.logProbs, reply.length));
        replies[reply.index] = result;
        Running last = running.remove(running.size() - 1);
        if (last != reply) {
          cache.move(running.size(), row, last.position());
          running.set(row, last);
        }
        finished.accept(result);
      }
    }

    @Override
    public void close() {
      cache.close();
    }
  }
}
