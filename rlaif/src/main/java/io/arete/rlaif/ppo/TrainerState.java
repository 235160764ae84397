package io.arete.rlaif.ppo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.run.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where PPO stands, but for the weights. With them it is all that the next iteration depends on:
 * draws are counted, so the iteration is the generator's state.
 *
 * @param iteration iterations done
 * @param coefficient β of the next one
 * @param promptsTaken prompts taken from the row
 * @param recentK1 k1 of the last replies, oldest first
 * @param best the policy with the best watch score, if there are watch scores
 */
record TrainerState(
    long iteration,
    double coefficient,
    long promptsTaken,
    List<Double> recentK1,
    Optional<Best> best) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BEST_ITERATION = "best_iteration";
  private static final String BEST_SCORE = "best_score";
  private static final int LIMIT_BYTES = 16 << 20;

  /** Copies the list. */
  TrainerState {
    recentK1 = List.copyOf(recentK1);
  }

  /** The state before the first iteration. */
  static TrainerState start(double coefficient) {
    return new TrainerState(0, coefficient, 0, List.of(), Optional.empty());
  }

  /**
   * The policy with the best watch score so far.
   *
   * @param iteration after which it was written down
   * @param score mean watch score, z units
   */
  record Best(long iteration, double score) {}

  /** The same with another best policy. */
  TrainerState with(Optional<Best> other) {
    return new TrainerState(iteration, coefficient, promptsTaken, recentK1, other);
  }

  /** Writes the state with the sizes of the append-only files at this moment. */
  void write(Path file, LogCursors cursors) {
    ObjectNode root =
        MAPPER
            .createObjectNode()
            .put("iteration", iteration)
            .put("kl_coefficient", coefficient)
            .put("prompts_taken", promptsTaken)
            .put("metrics_bytes", cursors.metrics())
            .put("rollouts_bytes", cursors.rollouts())
            .put("looks_bytes", cursors.looks())
            .put("samples_bytes", cursors.samples());
    best.ifPresent(one -> root.put(BEST_ITERATION, one.iteration()).put(BEST_SCORE, one.score()));
    ArrayNode recent = root.putArray("recent_k1");
    recentK1.forEach(recent::add);
    AtomicFile.writeText(file, root.toPrettyString() + "\n");
  }

  /**
   * Sizes in bytes.
   *
   * @param metrics of the metric log
   * @param rollouts of the rollouts' log
   * @param looks of the looks' log
   * @param samples of the log of conversations at looks
   */
  record LogCursors(long metrics, long rollouts, long looks, long samples) {

    /** Of empty logs. */
    static final LogCursors START = new LogCursors(0, 0, 0, 0);
  }

  /**
   * A state that was read.
   *
   * @param cursors sizes that the append-only files had
   */
  record Saved(TrainerState state, LogCursors cursors) {}

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws AreteException if the file is damaged
   */
  static Saved read(Path file) {
    JsonNode root = parse(file);
    List<Double> recent = new ArrayList<>();
    for (JsonNode value : root.path("recent_k1")) {
      recent.add(number(file, value, "recent_k1"));
    }
    TrainerState state =
        new TrainerState(
            whole(file, root, "iteration"),
            number(file, root.path("kl_coefficient"), "kl_coefficient"),
            whole(file, root, "prompts_taken"),
            recent,
            best(file, root));
    return new Saved(
        state,
        new LogCursors(
            whole(file, root, "metrics_bytes"),
            whole(file, root, "rollouts_bytes"),
            whole(file, root, "looks_bytes"),
            whole(file, root, "samples_bytes")));
  }

  private static Optional<Best> best(Path file, JsonNode root) {
    return root.has(BEST_ITERATION)
        ? Optional.of(
            new Best(
                whole(file, root, BEST_ITERATION), number(file, root.path(BEST_SCORE), BEST_SCORE)))
        : Optional.empty();
  }

  private static JsonNode parse(Path file) {
    try {
      return MAPPER.readTree(BoundedText.read(file, LIMIT_BYTES));
    } catch (JsonProcessingException e) {
      throw new AreteException(file + " is not valid JSON; repeat the ppo stage.", e);
    }
  }

  private static long whole(Path file, JsonNode root, String name) {
    JsonNode value = root.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw damaged(file, name);
    }
    return value.longValue();
  }

  private static double number(Path file, JsonNode value, String name) {
    if (!value.isNumber()) {
      throw damaged(file, name);
    }
    return value.doubleValue();
  }

  private static AreteException damaged(Path file, String name) {
    return new AreteException(
        file + " has no usable " + name + "; it was changed from outside, repeat the ppo stage.");
  }
}
