package io.arete.rlaif.stats;

/**
 * What a test found.
 *
 * @param statistic the test's own statistic (t, W)
 * @param p the two-sided p-value, 0 to 1
 */
public record TestResult(double statistic, double p) {}
