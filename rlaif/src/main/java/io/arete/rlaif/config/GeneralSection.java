package io.arete.rlaif.config;

import java.nio.file.Path;

/**
 * What holds for the whole run.
 *
 * @param name the run's name, and its folder's
 * @param base the base model's folder, absolute
 * @param dtype the numbers of the frozen weights
 * @param memory what training keeps to go back through a pass
 * @param baseForm how the base's linear layers are held
 * @param seed the root of every draw
 * @param threads processor threads; 0 = all
 * @param constitution {@code box:NAME}, or an absolute path
 */
public record GeneralSection(
    String name,
    Path base,
    Dtype dtype,
    Memory memory,
    BaseForm baseForm,
    long seed,
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

  /** How the linear layers of the frozen base are held. */
  public enum BaseForm {
    /** In the element type. */
    DENSE,
    /** In four bits a weight, with scales in eight bits. */
    NF4,
    /** In four bits a weight, with scales in float32. */
    NF4_SINGLE
  }

  static final KeyList KEYS = new KeyList("", "What holds for the whole run");
  private static final Key<String> NAME =
      KEYS.requiredName("name", "the run's name, which becomes its folder");
  private static final Key<Path> BASE =
      KEYS.requiredPath("base", "the base model: a Hugging Face folder");
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
  private static final Key<BaseForm> BASE_FORM =
      KEYS.choice(
          "base_form",
          BaseForm.values(),
          BaseForm.DENSE,
          "how the base's linear layers are held: dense, or in four bits (nf4, with scales in"
              + " eight bits; nf4_single, with scales in float32)");
  private static final Key<Long> SEED =
      KEYS.seed("seed", 1, "the root of every draw; the same seed gives the same run");
  private static final Key<Integer> THREADS =
      KEYS.whole("threads", 0, Range.of(0, 1024), "", "processor threads; 0 uses all");
  private static final Key<String> CONSTITUTION =
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
        values.get(BASE_FORM),
        values.get(SEED),
        values.get(THREADS),
        values.get(CONSTITUTION));
  }
}
