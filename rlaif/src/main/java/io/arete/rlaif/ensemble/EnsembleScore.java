package io.arete.rlaif.ensemble;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Summary;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The ensemble's score of one conversation: its facets' scores under a rule, usually their mean
 * less a charge for their disagreement.
 *
 * <p>Keyed by facet, so order cannot matter. Derived numbers are methods, so that no score can
 * contradict its members.
 *
 * @param members the score of each facet's reward model, z units, finite; at least one
 * @param rule how they become one
 */
public record EnsembleScore(Map<Facet, Double> members, EnsembleRule rule) {

  /** Copies the members; rejects none at all and numbers that are not finite. */
  public EnsembleScore {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("an ensemble score has no members but needs at least one");
    }
    members.forEach(EnsembleScore::requireFinite);
    members = Collections.unmodifiableMap(new EnumMap<>(members));
  }

  /** The score, z units. */
  public double value() {
    return rule.value(inFacetOrder());
  }

  /** Mean of the members. */
  public double mean() {
    return Summary.of(inFacetOrder()).mean();
  }

  /** Population standard deviation (ddof 0) of the members: how far they disagree. */
  public double populationSd() {
    return Summary.of(inFacetOrder()).populationSd();
  }

  /** Each facet's share of the score; the shares add up to {@link #value}. */
  public Map<Facet, Double> shares() {
    double[] shares = rule.shares(inFacetOrder());
    Map<Facet, Double> byFacet = new EnumMap<>(Facet.class);
    int next = 0;
    for (Facet facet : members.keySet()) {
      byFacet.put(facet, shares[next++]);
    }
    return Collections.unmodifiableMap(byFacet);
  }

  /** The score as a labelled tree, one line a number; reports and logs show this text. */
  public String explain() {
    return explain(Map.of());
  }

  /**
   * The same, with where the members come from.
   *
   * @param origins lines under a member, such as what each reward model said
   */
  public String explain(Map<Facet, List<String>> origins) {
    StringBuilder text = new StringBuilder();
    text.append(line("", "ensemble score", value())).append(" = ").append(rule.describe());
    text.append('\n').append(line("  ", "mean", mean()));
    text.append('\n').append(line("  ", "sd (population)", populationSd()));
    if (rule.charges()) {
      text.append('\n').append(line("  ", "charge (mean less score)", mean() - value()));
    }
    text.append('\n').append("  members (z units)");
    Map<Facet, Double> shares = shares();
    members.forEach(
        (facet, score) -> {
          text.append('\n')
              .append(line("    ", facet.wireName(), score))
              .append(String.format(Locale.ROOT, " (share %.4f)", shares.get(facet)));
          origins
              .getOrDefault(facet, List.of())
              .forEach(origin -> text.append("\n      ").append(origin));
        });
    return text.toString();
  }

  private double[] inFacetOrder() {
    return members.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String line(String indent, String label, double value) {
    return String.format(Locale.ROOT, "%s%s %.4f", indent, label, value);
  }

  private static void requireFinite(Facet facet, Double score) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException(
          "the " + facet.wireName() + " score is " + score + " but must be finite");
    }
  }
}
