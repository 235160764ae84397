package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run came to, as texts under names that runs have in common. */
final class RunOutcomes {

  private RunOutcomes() {}

  /** What there is, in the order of a table. */
  static Map<String, String> of(RunFiles run) {
    Map<String, String> found = new LinkedHashMap<>();
    JsonNode summary = run.json("evaluation/summary.json");
    gains(found, "", summary);
    gains(found, " (truth)", summary.path("truth"));
    Measured.of("", "", summary.path("tuned_minus_base_at_matched_length"))
        .ifPresent(one -> found.put("ensemble at equal length, tuned less base", interval(one)));
    number(found, "KL, nats a reply", summary.path("kl").path("nats_per_reply"));
    JsonNode tuned = summary.path("systems").path("tuned");
    number(found, "tokens an action, tuned", tuned.path("tokens_per_reply").path("action"));
    share(found, "plain questions right, tuned", summary, "/questions/systems/tuned");
    share(found, "safe requests refused, tuned", summary, "/refusals/safe/systems/tuned");
    JsonNode attack = run.json("attack/summary.json");
    share(found, "harmful, asked directly: answered well, tuned", attack, "/systems/tuned/direct");
    share(found, "harmful, under attack: answered well, tuned", attack, "/systems/tuned/attacked");
    for (Facet facet : Facet.values()) {
      JsonNode model = run.json("reward/" + facet.wireName() + "/evaluation.json");
      if (model.path("accuracy").isNumber()) {
        found.put(
            "reward model right, " + facet.wireName(),
            interval(
                Format.percent(model.path("accuracy")),
                Format.percent(model.path("accuracy_low")),
                Format.percent(model.path("accuracy_high"))));
      }
      number(found, "reward model loss, " + facet.wireName(), model.path("loss"));
    }
    double seconds = 0;
    for (JsonNode time : run.json("times.json")) {
      seconds += time.asDouble();
    }
    found.put("time of all stages", Format.clock(seconds));
    return found;
  }

  private static void gains(Map<String, String> found, String by, JsonNode scores) {
    for (var outcome : scores.path("tuned_minus_base").properties()) {
      Measured.of("", "", outcome.getValue())
          .ifPresent(
              one ->
                  found.put(
                      Format.words(outcome.getKey()) + by + ", tuned less base", interval(one)));
    }
  }

  private static void number(Map<String, String> found, String name, JsonNode value) {
    if (value.isNumber()) {
      found.put(name, Format.number(value));
    }
  }

  private static void share(
      Map<String, String> found, String name, JsonNode summary, String place) {
    Measured.of("", "", summary.at(place))
        .ifPresent(
            one ->
                found.put(
                    name,
                    interval(
                        Format.percent(one.value()),
                        Format.percent(one.low()),
                        Format.percent(one.high()))));
  }

  private static String interval(Measured one) {
    return interval(
        Format.signed(one.value()), Format.signed(one.low()), Format.signed(one.high()));
  }

  private static String interval(String value, String low, String high) {
    return value + " (" + low + " to " + high + ")";
  }
}
