package io.arete.world.measure;

/**
 * How much is measured.
 *
 * @param prompts asked bare and with the rule, of the taught and of the held-out situations each
 * @param attacked prompts in each wrapping, likewise
 * @param pairs judged, of the taught situations; a third of it of the held-out ones
 * @param questions plain ones
 */
public record MeasureSizes(int prompts, int attacked, int pairs, int questions) {

  /** For numbers to write down: standard errors of gold about 0.03. */
  public static final MeasureSizes FULL = new MeasureSizes(192, 64, 300, 400);

  /** For a look while something runs. */
  public static final MeasureSizes QUICK = new MeasureSizes(48, 16, 100, 100);
}
