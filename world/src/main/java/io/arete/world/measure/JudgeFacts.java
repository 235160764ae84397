package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.feedback.LogOddsVote;
import io.arete.rlaif.feedback.SoftLabel;
import io.arete.rlaif.feedback.VoteAveraging;
import io.arete.rlaif.feedback.WeightedVote;
import io.arete.world.bank.GoldVirtue;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How often the model as judge agrees with gold, where gold differs clearly.
 *
 * @param facets by facet and virtue; {@code all} is the label of all virtues together
 */
record JudgeFacts(Map<Facet, Map<String, Accuracy>> facets) {

  /** Gold that differs by less is not clear. */
  static final double CLEAR = 0.3;

  static final String ALL = "all";

  /**
   * Right answers.
   *
   * @param oneOrder when the pair is shown in the given order alone
   * @param bothOrders when both orders are asked and averaged
   * @param gain what the second order adds
   */
  record Accuracy(Share oneOrder, Share bothOrders, OrderGain gain) {

    String text() {
      return String.format(
          Locale.ROOT, "%4.1f/%4.1f", 100 * oneOrder.value(), 100 * bothOrders.value());
    }

    ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set("one_order", oneOrder.toJson());
      json.set("both_orders", bothOrders.toJson());
      json.set("gain", gain.toJson());
      return json;
    }
  }

  static JudgeFacts of(Map<Facet, List<AnsweredPair.Judged>> judged) {
    Map<Facet, Map<String, Accuracy>> facets = new EnumMap<>(Facet.class);
    judged.forEach((facet, pairs) -> facets.put(facet, accuracies(pairs)));
    return new JudgeFacts(facets);
  }

  /** The label of all virtues, both orders kept apart. */
  static LogOddsVote together(AnsweredPair.Judged judged) {
    return SoftLabel.of(judged.judgement().votes(), VoteAveraging.LOG_ODDS).pair();
  }

  /** A table's lines, one a facet. */
  String text() {
    StringBuilder text = new StringBuilder();
    facets.forEach(
        (facet, accuracies) -> {
          text.append(String.format(Locale.ROOT, "  %-13s", facet.wireName()));
          accuracies.values().forEach(one -> text.append(' ').append(one.text()));
          Share all = Objects.requireNonNull(accuracies.get(ALL)).bothOrders();
          text.append(String.format(Locale.ROOT, " %5d%n", all.of()));
        });
    text.append("  ").append(gain().text());
    return text.toString();
  }

  /** What asking in both orders adds to the labels of all virtues together, over the facets. */
  OrderGain gain() {
    return facets.values().stream()
        .map(accuracies -> Objects.requireNonNull(accuracies.get(ALL)).gain())
        .reduce(OrderGain.NONE, OrderGain::plus);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    facets.forEach(
        (facet, accuracies) -> {
          ObjectNode group = json.putObject(facet.wireName());
          accuracies.forEach((virtue, accuracy) -> group.set(virtue, accuracy.toJson()));
        });
    return json;
  }

  private static Map<String, Accuracy> accuracies(List<AnsweredPair.Judged> pairs) {
    Map<String, Accuracy> accuracies = new LinkedHashMap<>();
    for (GoldVirtue virtue : GoldVirtue.values()) {
      Counter counter = new Counter();
      for (AnsweredPair.Judged judged : pairs) {
        for (WeightedVote vote : judged.judgement().votes()) {
          if (vote.virtue().equals(virtue.wireName())) {
            counter.count(difference(judged, virtue), vote.vote());
          }
        }
      }
      accuracies.put(virtue.wireName(), counter.accuracy());
    }
    Counter all = new Counter();
    pairs.forEach(judged -> all.count(judged.difference(), together(judged)));
    accuracies.put(ALL, all.accuracy());
    return accuracies;
  }

  private static double difference(AnsweredPair.Judged judged, GoldVirtue virtue) {
    return judged.pair().first().gold(judged.facet()).of(virtue)
        - judged.pair().second().gold(judged.facet()).of(virtue);
  }

  /** Counts answers about clear pairs. */
  private static final class Counter {
    private int rightInOne;
    private int rightInBoth;
    private OrderGain gain = OrderGain.NONE;
    private int clear;

    void count(double difference, LogOddsVote vote) {
      if (Math.abs(difference) > CLEAR) {
        clear++;
        boolean one = vote.firstShownFirst() * difference > 0;
        boolean both = vote.signal() * difference > 0;
        rightInOne += one ? 1 : 0;
        rightInBoth += both ? 1 : 0;
        gain = gain.plus(new OrderGain(1, both && !one ? 1 : 0, one && !both ? 1 : 0));
      }
    }

    Accuracy accuracy() {
      return new Accuracy(new Share(rightInOne, clear), new Share(rightInBoth, clear), gain);
    }
  }
}
