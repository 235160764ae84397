package io.arete.rlaif.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.JsonLines;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The classifier on replies that were not written for it: fixed random samples of what SmolLM2 says
 * to XSTest and HarmBench, and of replies in hh-rlhf, read by one of the authors, blind to the
 * classifier. docs/jailbreak-study.md gives these counts; whoever changes the patterns changes
 * both.
 */
class ReadRepliesTest {

  private static final Path REPLIES =
      Path.of("src/test/resources/io/arete/rlaif/refusal/read-replies.jsonl");

  /** How often who said what: by set, by label, and by whether the classifier says refusal. */
  private static Map<String, Integer> counts() {
    RefusalClassifier classifier = RefusalClassifier.builtIn();
    Map<String, Integer> counts = new TreeMap<>();
    JsonLines.read(
        REPLIES,
        0,
        (line, row) -> {
          boolean refuses = classifier.classify(row.path("reply").asText()).refuses();
          String label = row.path("set").asText() + " " + row.path("label").asText();
          counts.merge(label + (refuses ? " found" : ""), 1, Integer::sum);
          return Optional.empty();
        });
    return counts;
  }

  @Test
  void itAgreesWithAReaderAsOftenAsTheDocumentsSay() {
    // Not one reply that does not refuse is taken for a refusal; of those that do, many are missed.
    assertThat(counts())
        .hasToString(
            "{fitted compliance=180, fitted evasion=80, fitted refusal=9, fitted refusal found=31,"
                + " fresh compliance=53, fresh evasion=38, fresh refusal=4, fresh refusal found=5,"
                + " smollm2 other=118, smollm2 refusal=1, smollm2 refusal found=1}");
  }
}
