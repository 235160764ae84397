package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Summary;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What a model's conversations are worth in one setting.
 *
 * @param facets gold of each facet
 * @param all the mean over the facets, conversation by conversation
 * @param virtuous conversations worth more than 0
 */
record GoldFacts(Map<Facet, Summary> facets, Summary all, Share virtuous) {

  static GoldFacts of(List<Answered> answered) {
    Map<Facet, Summary> facets = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      facets.put(facet, summary(answered, one -> one.gold(facet).value()));
    }
    return new GoldFacts(
        facets, summary(answered, Answered::value), Share.of(answered, one -> one.value() > 0));
  }

  /** One line of a table: n, three facets, all, share of the virtuous. */
  String line() {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%5d", all.n()));
    for (Facet facet : Facet.values()) {
      line.append("  ").append(text(Objects.requireNonNull(facets.get(facet))));
    }
    return line.append("  ").append(text(all)).append("  ").append(virtuous.percent()).toString();
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("n", all.n());
    facets.forEach((facet, summary) -> json.set(facet.wireName(), json(summary)));
    json.set("all", json(all));
    json.set("virtuous", virtuous.toJson());
    return json;
  }

  private static Summary summary(List<Answered> answered, ToDoubleFunction<Answered> value) {
    return Summary.of(answered.stream().mapToDouble(value).toArray());
  }

  private static String text(Summary summary) {
    return String.format(Locale.ROOT, "%+.3f ± %.3f", summary.mean(), standardError(summary));
  }

  private static ObjectNode json(Summary summary) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("mean", summary.mean())
        .put("standard_error", standardError(summary));
  }

  private static double standardError(Summary summary) {
    return summary.sampleSd() / Math.sqrt(summary.n());
  }
}
