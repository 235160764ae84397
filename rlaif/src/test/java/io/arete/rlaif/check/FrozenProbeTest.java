package io.arete.rlaif.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.feedback.FeedbackStage;
import io.arete.rlaif.reward.FeedbackPairs;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A probe that is tried on what it was fitted to would call any labels learnable. */
class FrozenProbeTest {

  private static final List<String> SETTINGS =
      List.of("sft.enabled=false", "feedback.source=human", "gates.checks_share=1");

  @TempDir Path folder;

  @Test
  void itIsTriedOnTheHeldOutPairsAlone() throws Exception {
    try (TinyRun tiny = new TinyRun(folder, 120)) {
      tiny.in("run", StageListener.SILENT, SETTINGS, given -> FeedbackStage.run(given, () -> {}));
      JsonNode told = probe(tiny);
      int n = told.path("n").asInt();
      assertThat(n).isGreaterThan(10);
      assertThat(told.path("right").asInt()).isGreaterThan(n * 8 / 10);
      // The same with every held-out label turned round: what was right is wrong now.
      tiny.in("run", StageListener.SILENT, SETTINGS, FrozenProbeTest::turnHeldOutLabels);
      assertThat(probe(tiny).path("right").asInt()).isEqualTo(n - told.path("right").asInt());
    }
  }

  private static JsonNode probe(TinyRun tiny) {
    return tiny.ask("run", SETTINGS, context -> new FrozenProbe(context, 200).run())
        .path(Facet.ACTION.wireName());
  }

  private static void turnHeldOutLabels(StageContext context) {
    StringBuilder lines = new StringBuilder();
    for (FeedbackPairs.Found pair : FeedbackPairs.read(context).of(Facet.ACTION)) {
      String row = pair.preference().toJson().toString();
      boolean turn = context.data().splits().of(pair.prompt()) == Split.WATCH;
      String other = pair.preference().p() == 1 ? "\"p\":0.0" : "\"p\":1.0";
      lines.append(turn ? row.replaceAll("\"p\":[0-9.]+", other) : row).append('\n');
    }
    try {
      Files.writeString(context.folder().preferences(Facet.ACTION), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
