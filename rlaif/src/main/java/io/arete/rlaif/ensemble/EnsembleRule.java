package io.arete.rlaif.ensemble;

import io.arete.engine.Formula;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Quartiles;
import io.arete.rlaif.stats.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the scores of the members become one. Members are in z units (see the score normaliser), at
 * least one, in the order of the facets, which matters to {@link One} alone. m = mean, d² =
 * population variance (ddof 0).
 */
public sealed interface EnsembleRule {

  /** The ensemble score, z units. */
  double value(double[] members);

  /**
   * What each member contributes; the shares add up to {@link #value}. A charge for disagreement
   * falls on members in proportion to their squared distance from the mean.
   */
  double[] shares(double[] members);

  /** The rule in a few words, as reports and logs show it. */
  String describe();

  /** The rule that {@link #describe} gave these words for; nothing for other words. */
  static Optional<EnsembleRule> described(String words) {
    Matcher charged =
        Pattern.compile("mean - (\\d+(?:\\.\\d+)?(?:E-?\\d+)?) (sd|variance)").matcher(words);
    if (charged.matches()) {
      double weight = Double.parseDouble(charged.group(1));
      return Double.isInfinite(weight)
          ? Optional.empty()
          : Optional.of(
              charged.group(2).equals("sd")
                  ? new MeanMinusSd(weight)
                  : new MeanMinusVariance(weight));
    }
    Stream<EnsembleRule> plain = Stream.of(new WorstCase(), new Mean(), new Median());
    return Stream.concat(plain, Arrays.stream(Facet.values()).map(One::of))
        .filter(rule -> rule.describe().equals(words))
        .findFirst();
  }

  /** Whether disagreement costs something. */
  default boolean charges() {
    return false;
  }

  /** The rule by which true worth becomes one number. */
  default EnsembleRule ofTruth() {
    return this;
  }

  /** m − k d: the study's score. One member gives its own score. */
  @Formula(paper = "Virtue ethics guidance of LLMs with RLAIF (slides)", eq = "ensemble score")
  record MeanMinusSd(double k) implements EnsembleRule {

    /** Rejects a negative k, which would reward disagreement. */
    public MeanMinusSd {
      requireWeight(k, "k");
    }

    @Override
    public double value(double[] members) {
      Summary summary = Summary.of(members);
      return summary.mean() - k * summary.populationSd();
    }

    @Override
    public double[] shares(double[] members) {
      Summary summary = Summary.of(members);
      double perSquare = summary.populationSd() == 0 ? 0 : k / summary.populationSd();
      return chargedShares(members, summary.mean(), perSquare);
    }

    @Override
    public String describe() {
      return "mean - " + text(k) + " sd";
    }

    @Override
    public boolean charges() {
      return true;
    }
  }

  /** m − λ d². */
  @Formula(
      paper = "Coste et al. 2024, Reward Model Ensembles Help Mitigate Overoptimization",
      eq = "UWO")
  record MeanMinusVariance(double lambda) implements EnsembleRule {

    /** Rejects a negative λ, which would reward disagreement. */
    public MeanMinusVariance {
      requireWeight(lambda, "lambda");
    }

    @Override
    public double value(double[] members) {
      Summary summary = Summary.of(members);
      return summary.mean() - lambda * summary.populationSd() * summary.populationSd();
    }

    @Override
    public double[] shares(double[] members) {
      return chargedShares(members, Summary.of(members).mean(), lambda);
    }

    @Override
    public String describe() {
      return "mean - " + text(lambda) + " variance";
    }

    @Override
    public boolean charges() {
      return true;
    }
  }

  /** The smallest member. */
  @Formula(
      paper = "Coste et al. 2024, Reward Model Ensembles Help Mitigate Overoptimization",
      eq = "WCO")
  record WorstCase() implements EnsembleRule {

    @Override
    public double value(double[] members) {
      return Quartiles.of(members).min();
    }

    @Override
    public double[] shares(double[] members) {
      return sharesOfThose(members, value(members), value(members));
    }

    @Override
    public String describe() {
      return "worst case";
    }
  }

  /** m. */
  record Mean() implements EnsembleRule {

    @Override
    public double value(double[] members) {
      return Summary.of(members).mean();
    }

    @Override
    public double[] shares(double[] members) {
      return chargedShares(members, 0, 0);
    }

    @Override
    public String describe() {
      return "mean";
    }
  }

  /** The middle member; the mean of the two middle ones where their number is even. */
  record Median() implements EnsembleRule {

    @Override
    public double value(double[] members) {
      return Quartiles.of(members).median();
    }

    @Override
    public double[] shares(double[] members) {
      double[] sorted = members.clone();
      Arrays.sort(sorted);
      double lower = sorted[(sorted.length - 1) / 2];
      double upper = sorted[sorted.length / 2];
      double[] shares = sharesOfThose(members, lower, lower / 2);
      double[] upperShares = sharesOfThose(members, upper, upper / 2);
      for (int i = 0; i < shares.length; i++) {
        shares[i] += upperShares[i];
      }
      return shares;
    }

    @Override
    public String describe() {
      return "median";
    }
  }

  /**
   * One member alone, as if there were no ensemble: what it costs to have none. True worth stays
   * that of all, by the study's rule.
   *
   * @param member its place among the facets
   * @param name of it
   */
  record One(int member, String name) implements EnsembleRule {

    /** A facet's. */
    public static One of(Facet facet) {
      return new One(List.of(Facet.values()).indexOf(facet), facet.wireName());
    }

    @Override
    public double value(double[] members) {
      return members[member];
    }

    @Override
    public double[] shares(double[] members) {
      double[] shares = new double[members.length];
      shares[member] = members[member];
      return shares;
    }

    @Override
    public String describe() {
      return name + " alone";
    }

    @Override
    public EnsembleRule ofTruth() {
      return new MeanMinusSd(0.5);
    }
  }

  /** Each member's part of the mean, less its part of a charge on squared distances. */
  private static double[] chargedShares(double[] members, double mean, double perSquare) {
    return Arrays.stream(members)
        .map(z -> (z - perSquare * (z - mean) * (z - mean)) / members.length)
        .toArray();
  }

  /** {@code total} split evenly among the members that equal {@code member}. */
  private static double[] sharesOfThose(double[] members, double member, double total) {
    long equals = Arrays.stream(members).filter(z -> z == member).count();
    return Arrays.stream(members).map(z -> z == member ? total / equals : 0).toArray();
  }

  private static void requireWeight(double weight, String name) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "ensemble " + name + " is " + weight + " but must be 0 or more");
    }
  }

  private static String text(double number) {
    return number == Math.rint(number) && number < 1e9
        ? String.format(Locale.ROOT, "%.0f", number)
        : Double.toString(number);
  }
}
