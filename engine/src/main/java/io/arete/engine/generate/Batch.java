package io.arete.engine.generate;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The state of one call: row i of the cache belongs to the i-th running conversation. */
final class Batch implements AutoCloseable {

  private final DecoderModel model;
  private final Adapters adapters;
  private final Set<Integer> endOfTurn;
  private final Runnable beforeStep;
  private final List<List<Request>> conversations;
  private final TokenChooser chooser;
  private final Consumer<Reply> finished;
  private final List<List<Reply>> results = new ArrayList<>();
  private final List<Running> running = new ArrayList<>();
  private final int rows;
  private final KeyValueCache cache;
  private int next;

  /**
   * Makes room for the conversations.
   *
   * @param maxRunning conversations that grow at once
   */
  Batch(
      Generator.Setting setting,
      List<List<Request>> conversations,
      int maxRunning,
      Sampling sampling,
      Consumer<Reply> finished) {
    this.model = setting.model();
    this.adapters = setting.adapters();
    this.endOfTurn = setting.endOfTurn();
    this.beforeStep = setting.beforeStep();
    this.conversations = conversations;
    this.finished = finished;
    chooser = new TokenChooser(sampling);
    conversations.forEach(conversation -> results.add(List.of()));
    // At most the model's context: checkLength has looked.
    int capacity = (int) conversations.stream().mapToLong(Batch::longest).max().orElse(1);
    // Places in the cache are ints.
    int most = Math.max(1, Integer.MAX_VALUE / capacity / model.config().shape().keyHeads());
    rows = Math.min(Math.min(maxRunning, conversations.size()), most);
    cache =
        new KeyValueCache(
            model.config().layers(), rows, capacity, model.config().shape(), model.device());
  }

  List<List<Reply>> run() {
    while (next < conversations.size() || !running.isEmpty()) {
      beforeStep.run();
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
      running.add(new Running(next, conversations.get(next), endOfTurn));
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
      admitted.forEach(Running::fed);
      append(hidden.indexSelect(0, Tensors.indices(model.device(), ends)), admitted);
    }
  }

  private PrefillAttention prefill(Forest forest, int firstRow) {
    int tokens = Math.toIntExact(forest.unsharedTokens());
    int[] sources = new int[tokens];
    int[] rowsOf = new int[tokens];
    int[] positions = new int[tokens];
    int at = 0;
    for (int i = 0; i < forest.sequences(); i++) {
      int[] path = forest.path(i);
      for (int position = 0; position < path.length; position++) {
        sources[at] = path[position];
        rowsOf[at] = firstRow + i;
        positions[at] = position;
        at++;
      }
    }
    return new PrefillAttention(
        model.attention(forest),
        cache,
        Tensors.indices(model.device(), sources),
        cache.places(rowsOf, positions));
  }

  private void step() {
    int[][] inputs = running.stream().map(Running::inputs).toArray(int[][]::new);
    int[] cached = running.stream().mapToInt(Running::cached).toArray();
    int[] counts = Arrays.stream(inputs).mapToInt(row -> row.length).toArray();
    int[] ids = Arrays.stream(inputs).flatMapToInt(Arrays::stream).toArray();
    int[] positions =
        IntStream.range(0, counts.length)
            .flatMap(row -> IntStream.range(cached[row], cached[row] + counts[row]))
            .toArray();
    running.forEach(Running::fed);
    try (Scope scope = Scope.open()) {
      ModelConfig config = model.config();
      CachedAttention attention =
          new CachedAttention(
              cache, cached, counts, config.shape().queryGroups(), config.window(), model.device());
      Tensor hidden = model.trunk(ids, positions, attention, adapters);
      append(
          ids.length == running.size() ? hidden : hidden.indexSelect(0, attention.lasts()),
          running);
    }
  }

  /** Chooses a token for each reply, given its newest hidden state. */
  private void append(Tensor hidden, List<Running> growing) {
    double[] uniforms = growing.stream().mapToDouble(Running::uniform).toArray();
    TokenChooser.Choice choice =
        chooser.choose(model.nextLogits(model.norm(hidden)), uniforms, model.device());
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
        cache.move(running.size(), row, last.cached());
        running.set(row, last);
      }
    }
  }

  /** Tokens of a conversation whose replies all reach their limits. */
  static long longest(List<Request> turns) {
    long tokens = 0;
    for (Request turn : turns) {
      // One more for the end-of-turn token that a cut-off reply lacks.
      tokens += 1L + turn.prompt().length + turn.maxNewTokens();
    }
    return tokens - 1;
  }

  @Override
  public void close() {
    cache.close();
  }
}
