package io.arete.cli.bench;

import io.arete.engine.forest.Forest;

/**
 * What a forest does not compute again, as shares of the tokens of its sequences.
 *
 * @param common of a beginning that all have
 * @param below of what some share behind it
 */
record Savings(double common, double below) {

  /**
   * Of a forest.
   *
   * @param beginning tokens that all sequences begin with
   */
  static Savings of(Forest forest, int beginning) {
    double all = forest.unsharedTokens();
    double common = (forest.sequences() - 1.0) * beginning;
    return new Savings(common / all, (all - forest.tokens() - common) / all);
  }
}
