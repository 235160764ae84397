package io.arete.rlaif.stats;

/** Between log-odds and probabilities. */
public final class Logistic {

  private Logistic() {}

  /** σ(x) = 1 / (1 + exp(−x)), without overflow. */
  public static double sigmoid(double x) {
    double small = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + small) : small / (1 + small);
  }
}
