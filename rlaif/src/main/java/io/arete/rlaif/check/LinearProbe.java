package io.arete.rlaif.check;

import io.arete.engine.Formula;

/**
 * What a linear model could learn of labels from frozen features: ridge regression without
 * intercept on the differences of a pair's features, fitted on some pairs and tried on others.
 *
 * <p>Columns are divided by their root mean square over the fitted rows. a = (K + λI)⁻¹ y, K = X Xᵀ
 * / d; prediction = (X' Xᵀ / d) a; λ = the mean of K's diagonal. Of a row that is turned round
 * (both features and label change sign) nothing changes, so the order of a pair cannot teach.
 *
 * <p>Other labels on the same rows need no second factorisation.
 */
@Formula(paper = "Alain and Bengio 2016, Understanding intermediate layers", eq = "linear probe")
final class LinearProbe {

  private final double[][] factor;
  private final double[][] across;

  /**
   * A probe.
   *
   * @param fitted {@code [n][d]} differences of features to learn from, n and d at least 1
   * @param held {@code [m][d]} differences to try it on
   */
  LinearProbe(double[][] fitted, double[][] held) {
    double[] scale = scale(fitted);
    double[][] rows = scaled(fitted, scale);
    double[][] kernel = products(rows, rows);
    double ridge = 0;
    for (int i = 0; i < kernel.length; i++) {
      ridge += kernel[i][i] / kernel.length;
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i][i] += Math.max(ridge, 1e-12);
    }
    this.factor = cholesky(kernel);
    this.across = products(scaled(held, scale), rows);
  }

  /**
   * How many held-out signs are predicted.
   *
   * @param labels {@code [n]} −1 or 1 for the fitted rows
   * @param truth {@code [m]} −1 or 1 for the held-out rows
   */
  int right(double[] labels, double[] truth) {
    double[] weights = solve(labels);
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      double sum = 0;
      for (int j = 0; j < weights.length; j++) {
        sum += across[i][j] * weights[j];
      }
      right += sum * truth[i] > 0 ? 1 : 0;
    }
    return right;
  }

  private static double[] scale(double[][] rows) {
    double[] scale = new double[rows[0].length];
    for (double[] row : rows) {
      for (int k = 0; k < scale.length; k++) {
        scale[k] += row[k] * row[k] / rows.length;
      }
    }
    for (int k = 0; k < scale.length; k++) {
      scale[k] = scale[k] > 0 ? Math.sqrt(scale[k]) : 1;
    }
    return scale;
  }

  private static double[][] scaled(double[][] rows, double[] scale) {
    double[][] scaled = new double[rows.length][scale.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < scale.length; k++) {
        scaled[i][k] = rows[i][k] / scale[k];
      }
    }
    return scaled;
  }

  private static double[][] products(double[][] left, double[][] right) {
    double[][] products = new double[left.length][right.length];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        double sum = 0;
        for (int k = 0; k < left[i].length; k++) {
          sum += left[i][k] * right[j][k];
        }
        products[i][j] = sum / left[i].length;
      }
    }
    return products;
  }

  /** The lower triangle L of a positive definite matrix L Lᵀ. */
  private static double[][] cholesky(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    return lower;
  }

  private double[] solve(double[] labels) {
    int n = factor.length;
    double[] weights = labels.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        weights[i] -= factor[i][k] * weights[k];
      }
      weights[i] /= factor[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        weights[i] -= factor[k][i] * weights[k];
      }
      weights[i] /= factor[i][i];
    }
    return weights;
  }
}
