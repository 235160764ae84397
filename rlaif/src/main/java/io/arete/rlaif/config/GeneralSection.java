package io.arete.rlaif.config;

import java.nio.file.Path;
import java.util.List;

/**
 * What holds for the whole run.
 *
 * @param name the run's name, and its folder's
 * @param base the base model's folder, absolute
 * @param dtype the numbers of the frozen weights
 * @param memory what training keeps to go back through a pass
 * @param tuning what training moves
 * @param seed the root of every draw
 * @param seeds with each of which all after the feedback is made anew; empty = with {@code seed}
 * @param grid keys of which every combination of values is run
 * @param threads processor threads; 0 = all
 * @param constitution {@code box:NAME}, or an absolute path
 */
public record GeneralSection(
    String name,
    Path base,
    Dtype dtype,
    Memory memory,
    Tuning tuning,
    long seed,
    List<Long> seeds,
    Grid grid,
    int threads,
    String constitution) {

  /** The numbers of the frozen weights. */
  public enum Dtype {
    /** bfloat16 where the processor is fast at it, else float32. */
    AUTO,
    /** 32 bits. */
    FLOAT32,
    /** 16 bits with the exponent of float32. */
    BFLOAT16
  }

  /** What training keeps of a pass, to go back through it. */
  public enum Memory {
    /**
     * Fast where it fits into a quarter of the machine's memory by estimate, else low; low with a
     * base in four bits.
     */
    AUTO,
    /** Each block's input; blocks are computed a second time on the way back. */
    LOW,
    /** All that going back needs. */
    FAST
  }

  /** What training moves. */
  public enum Tuning {
    /** Low-rank adapters over the frozen base. */
    LORA,
    /** Low-rank adapters over the frozen base, whose linear layers are held in four bits. */
    QLORA,
    /** All weights, in float32. */
    FULL
  }

  static final KeyList KEYS = new KeyList("", "What holds for the whole run");
  private static final Key<String> NAME =
      KEYS.requiredName("name", "the run's name, which becomes its folder");
  static final Key<Path> BASE =
      KEYS.requiredModel(
          "base", "the base model: a Hugging Face folder, or the name of a pulled one");
  private static final Key<Dtype> DTYPE =
      KEYS.choice(
          "dtype",
          Dtype.values(),
          Dtype.AUTO,
          "the numbers of the frozen weights; auto takes bfloat16 where it is fast");
  private static final Key<Memory> MEMORY =
      KEYS.choice(
          "memory",
          Memory.values(),
          Memory.AUTO,
          "what training keeps of a pass: low computes each block a second time on the way back,"
              + " fast keeps all, auto takes fast where it fits; changes memory and speed, not the"
              + " result");
  private static final Key<Tuning> TUNING =
      KEYS.choice(
          "tuning",
          Tuning.values(),
          Tuning.LORA,
          "what training moves: adapters over the frozen base (lora), adapters over the base in"
              + " four bits (qlora), or all weights (full, in float32, with keys that end in"
              + " lora left aside; it wants learning rates about ten times lower)");
  static final Key<Long> SEED =
      KEYS.seed("seed", 1, "the root of every draw; the same seed gives the same run");
  static final Key<List<Long>> SEEDS =
      KEYS.add(
          "seeds",
          new SeedList(),
          List.of(),
          "train with each of these seeds on the feedback that seed made: reward models, policy and"
              + " evaluation in a run of their own each; with 3 or more the recipe itself is"
              + " judged, not only one model of it");
  static final Key<Grid> GRID =
      KEYS.add(
          "grid",
          new GridKind(),
          Grid.NONE,
          "run every combination of these values, such as {tuning: [lora, full], reward.max_length:"
              + " [100, auto]}, each in a run of its own; stages made of the same are made once");
  private static final Key<Integer> THREADS =
      KEYS.whole("threads", 0, Range.of(0, 1024), "", "processor threads; 0 uses all");
  static final Key<String> CONSTITUTION =
      KEYS.boxOrFile(
          "constitution",
          "box:virtues",
          "the virtues, the questions and the judge's wording; box:virtues comes with Arete");

  static GeneralSection read(Values values) {
    return new GeneralSection(
        values.get(NAME),
        values.get(BASE),
        values.get(DTYPE),
        values.get(MEMORY),
        values.get(TUNING),
        values.get(SEED),
        values.get(SEEDS),
        values.get(GRID),
        values.get(THREADS),
        values.get(CONSTITUTION));
  }
}
