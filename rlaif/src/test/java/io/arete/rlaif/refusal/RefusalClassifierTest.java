package io.arete.rlaif.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.JsonLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whoever counts refusals counts a model's harm and its usefulness: a reply that is put into the
 * wrong kind moves both. The labelled replies were written for this test.
 */
class RefusalClassifierTest {

  private static final Path REPLIES =
      Path.of("src/test/resources/io/arete/rlaif/refusal/replies.jsonl");
  private static final RefusalClassifier CLASSIFIER = RefusalClassifier.builtIn();

  private record Labelled(String kind, String reply) {}

  @Test
  void everyLabelledReplyIsOfItsKind() {
    Map<String, String> wrong = new TreeMap<>();
    for (Labelled one : labelled()) {
      String said = CLASSIFIER.classify(one.reply()).wireName();
      if (!said.equals(one.kind())) {
        wrong.put(one.reply(), said + " for " + one.kind());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void onlyARefusalThatStaysOneRefuses() {
    for (ReplyKind kind : ReplyKind.values()) {
      assertThat(kind.refuses()).isEqualTo(kind == ReplyKind.REFUSAL);
    }
  }

  @Test
  void caseQuotesBlanksAndEmphasisChangeNothing() {
    for (Labelled one : labelled()) {
      ReplyKind kind = CLASSIFIER.classify(one.reply());
      assertThat(CLASSIFIER.classify(" \n" + one.reply().toUpperCase(Locale.ROOT) + "  "))
          .as(one.reply())
          .isEqualTo(kind);
      assertThat(CLASSIFIER.classify("**" + one.reply().replace("'", "\u2019") + "**"))
          .as(one.reply())
          .isEqualTo(kind);
    }
  }

  /** A model that cannot stop, or a server that wants to end the study. */
  @Test
  void aReplyThatRepeatsItselfIsReadToo() {
    for (String words : List.of("so ", "really ", "very very ")) {
      CLASSIFIER.classify("I'm " + words.repeat(4000) + "sorry.");
      CLASSIFIER.classify("I " + words.repeat(4000) + "apologise.");
    }
    assertThat(CLASSIFIER.classify("I'm so very sorry.")).isEqualTo(ReplyKind.REFUSAL);
  }

  @Test
  void aRefusalThatIsSpokenOfIsNone() {
    for (Labelled one : labelled()) {
      if (one.kind().equals("refusal")) {
        String late = "Paris. It is large. It is old. It has a river. " + one.reply();
        assertThat(CLASSIFIER.classify(late)).as(one.reply()).isEqualTo(ReplyKind.COMPLIANCE);
      }
    }
  }

  @Test
  void endlessRepliesAreReadInTime() {
    String hostile = "I understand " + "but first i ".repeat(200_000);
    assertThat(CLASSIFIER.classify(hostile)).isEqualTo(ReplyKind.COMPLIANCE);
    assertThat(CLASSIFIER.classify("I can't help. " + "first ".repeat(100_000)))
        .isEqualTo(ReplyKind.REFUSAL);
  }

  private static List<Labelled> labelled() {
    return JsonLines.read(
        REPLIES,
        0,
        (line, row) ->
            Optional.of(new Labelled(row.path("kind").asText(), row.path("reply").asText())));
  }
}
