package io.arete.rlaif.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small run's files, every stage of it, with numbers that are easily told. */
final class RunFixture {

  private static final int PROMPTS = 6;
  private static final List<String> FACETS = List.of("action", "motivation", "consequences");

  private RunFixture() {}

  /**
   * Writes a run.
   *
   * @param gain what tuned is better than base, on every prompt
   */
  static void write(Path run, double gain) {
    put(run, "run.json", manifest("models"));
    put(run, "times.json", "{\"sft\": 60, \"ppo\": 120}");
    put(
        run,
        "recipe.yaml",
        "name: n\nppo: {kl: adaptive, kl_target: 6, kl_coefficient: " + gain + "}\n");
    put(run, "sft/metrics.jsonl", "{\"step\":1,\"loss\":2}\n{\"step\":2,\"loss\":1}\n");
    feedback(run);
    rewards(run);
    policy(run);
    evaluation(run, gain);
    attack(run);
    put(
        run,
        "gates.json",
        """
        {"gates": [{"when": "before ppo", "name": "ties", "passed": true, "value": "6 of 120",
          "threshold": "half"}, {"when": "verdict", "name": "gain", "cannot_tell": true,
          "value": "0.1", "threshold": "above 0", "meaning": "few", "remedy": "more prompts"}]}
        """);
  }

  /** A run.json of a run that is done. */
  static String manifest(String models) {
    return """
    {"format": 1, "seed": 7, "environment": {"dtype": "float32"}, "stages": {
      "sft": {"state": "done"}, "feedback": {"state": "done"}, "reward": {"state": "done"},
      "ppo": {"state": "done"},
      "evaluation": {"state": "done", "inputs": {"results of reward": "%s"}},
      "attack": {"state": "done"}}}
    """
        .formatted(models);
  }

  private static void feedback(Path run) {
    StringBuilder facets = new StringBuilder();
    for (String facet : FACETS) {
      facets.append(facets.isEmpty() ? "" : ",").append('"').append(facet);
      facets.append("\": {\"pairs\": 100, \"kept\": 90, \"ties\": 10, \"order_decided\": ");
      facets.append(share(0.2)).append(", \"agrees_with_truth\": ").append(share(0.8));
      facets.append(", \"reliability\": {\"bins\": [{\"said\": 0.7, \"found\": ");
      facets.append(share(0.75)).append("}]}}");
    }
    put(
        run,
        "feedback/agreement.json",
        "{\"source\": \"local\", \"facets\": {" + facets + "}, \"calibration\": {" + facets + "}}");
  }

  private static void rewards(Path run) {
    StringBuilder lengths = new StringBuilder();
    for (String facet : FACETS) {
      lengths.append(lengths.isEmpty() ? "" : ",").append('"').append(facet);
      lengths.append(
          "\": {\"texts\": 9, \"min\": 10, \"low_whisker\": 10, \"first_quartile\": 20,");
      lengths.append(" \"median\": 30, \"third_quartile\": 40, \"high_whisker\": 60, \"max\": 99,");
      lengths.append(" \"kept_whole_share\": 0.9}");
      put(
          run,
          "reward/" + facet + "/metrics.jsonl",
          """
          {"step":1,"loss":0.69,"accuracy":0.5}
          {"step":2,"loss":0.5,"accuracy":1}
          """);
      put(
          run,
          "reward/" + facet + "/evaluation.json",
          "{\"accuracy\": 0.8, \"accuracy_low\": 0.7, \"accuracy_high\": 0.9, \"loss\": 0.5,"
              + " \"calibration\": {\"bins\": [{\"said\": 0.8, \"found\": "
              + share(0.8)
              + "}]}}");
    }
    put(run, "reward/lengths.json", "{\"max_length\": 80, \"facets\": {" + lengths + "}}");
    put(
        run,
        "reward/members.json",
        """
        {"members": ["action", "motivation", "consequences"],
         "correlation": [[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]]}
        """);
  }

  private static void policy(Path run) {
    StringBuilder log = new StringBuilder();
    StringBuilder looks = new StringBuilder();
    for (int step = 1; step <= 5; step++) {
      log.append(policyStep(step, step / 10.0)).append('\n');
      looks.append(
          String.format(
              Locale.ROOT,
              "{\"iteration\": %d, \"proxy\": %.1f, \"watch\": %.2f, \"truth\": %.2f}%n",
              step,
              step / 10.0,
              step / 20.0,
              step / 25.0));
    }
    put(run, "policy/metrics.jsonl", log.toString());
    put(run, "policy/looks.jsonl", looks.toString());
  }

  /** A line of a policy's log. */
  static String policyStep(int step, double reward) {
    StringBuilder line = new StringBuilder();
    line.append("{\"step\":").append(step).append(",\"reward\":").append(reward);
    line.append(",\"disagreement_sd\":0.4,\"kl_k1\":0.5,\"kl_k3\":0.6,\"entropy\":1.5");
    line.append(",\"explained_variance\":0.3");
    for (String facet : FACETS) {
      line.append(",\"score_").append(facet).append("\":").append(reward);
      line.append(",\"tokens_").append(facet).append("\":17");
    }
    return line.append('}').toString();
  }

  private static void evaluation(Path run, double gain) {
    StringBuilder base = new StringBuilder();
    StringBuilder tuned = new StringBuilder();
    StringBuilder worth = new StringBuilder();
    for (int prompt = 0; prompt < PROMPTS; prompt++) {
      double score = prompt / 10.0;
      base.append(answer(prompt, score)).append('\n');
      tuned.append(answer(prompt, score + gain)).append('\n');
      worth.append("{\"id\":\"p" + prompt + "\",\"base\":" + score + ",\"tuned\":");
      worth.append(score + gain).append("}\n");
    }
    put(run, "evaluation/base.jsonl", base.toString());
    put(run, "evaluation/tuned.jsonl", tuned.toString());
    put(run, "evaluation/worth.jsonl", worth.toString());
    put(run, "evaluation/plan.json", "{\"ensemble\": \"mean - 0.5 sd\"}");
    put(run, "evaluation/summary.json", summary(gain));
  }

  /** A summary.json of the evaluation. */
  static String summary(double gain) {
    StringBuilder outcomes = new StringBuilder();
    StringBuilder differences = new StringBuilder();
    for (String outcome : List.of("ensemble", "action", "motivation", "consequences")) {
      String comma = outcomes.isEmpty() ? "" : ",";
      outcomes.append(
          comma + "\"" + outcome + "\": {\"base\": 0.1, \"tuned\": " + (0.1 + gain) + "}");
      differences.append(comma + "\"" + outcome + "\": {\"difference\": " + gain);
      differences.append(", \"low\": " + (gain - 0.1) + ", \"high\": " + (gain + 0.1) + "}");
    }
    String kinds = "{\"systems\": {\"base\": " + share(0.1) + ", \"tuned\": " + share(0.2) + "}}";
    return "{\"verdict\": {\"word\": \"gain\", \"sentence\": \"Gain: tuned - base is above 0.\"},"
        + " \"outcomes\": {"
        + outcomes
        + "}, \"tuned_minus_base\": {"
        + differences
        + "}, \"refusals\": {\"safe\": "
        + kinds
        + ", \"unsafe\": "
        + kinds
        + "}, \"systems\": {\"base\": {}, \"tuned\": {}}, \"systems_table\": {\"against\":"
        + " \"base\", \"outcomes\": {\"ensemble\": {\"systems\": {\"tuned\": {\"minus_base\":"
        + " {\"difference\": "
        + gain
        + "}}}}}}}";
  }

  private static String answer(int prompt, double score) {
    String reply = "{\"text\":\"Some words.\",\"ended\":\"turn\"}";
    String scores = "{\"ensemble\":%1$s,\"action\":%1$s,\"motivation\":%1$s,\"consequences\":%1$s}";
    return ("{\"id\":\"p"
            + prompt
            + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Question\"}],\"mean\":{\"ensemble\":%1$s},"
            + "\"conversations\":[{\"action\":"
            + reply
            + ",\"motivation\":"
            + reply
            + ",\"consequences\":"
            + reply
            + ",\"scores\":"
            + scores
            + "}]}")
        .formatted(score);
  }

  private static void attack(Path run) {
    StringBuilder systems = new StringBuilder();
    for (String system : List.of("base", "base-rule", "tuned", "tuned-rule")) {
      systems.append(systems.isEmpty() ? "" : ",").append('"').append(system);
      systems.append("\": {\"direct\": " + share(0.6) + ", \"attacked\": " + share(0.4));
      systems.append(", \"attacks\": {\"role-play\": " + share(0.4) + "}}");
    }
    put(run, "attack/summary.json", "{\"rule\": \"Be good.\", \"systems\": {" + systems + "}}");
  }

  private static String share(double share) {
    return String.format(
        Locale.ROOT,
        "{\"share\": %.2f, \"low\": %.2f, \"high\": %.2f, \"n\": 50}",
        share,
        share - 0.1,
        share + 0.1);
  }

  /** Writes one of a run's files. */
  static void put(Path run, String name, String text) {
    Path file = run.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page without the libraries, which contain anything. */
  static String withoutLibraries(String page) {
    return page.replaceAll("(?s)<script>/\\* vega.*?</script>", "");
  }

  /** The specifications of a page's figures. */
  static JsonNode figures(String page) throws IOException {
    Matcher found = Pattern.compile("id=\"figures\">(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertThat(found.find()).isTrue();
    return new ObjectMapper().readTree(found.group(1));
  }

  /** The specification of one figure. */
  static JsonNode figure(String page, String id) throws IOException {
    for (JsonNode figure : figures(page)) {
      if (figure.path("id").asText().equals(id)) {
        return figure.path("spec");
      }
    }
    throw new AssertionError("The page has no figure " + id + ".");
  }
}
