package io.arete.rlaif.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever plans memory by a step's tokens must be told of all that a step reads. */
class LengthReportTest {

  @TempDir Path folder;

  @Test
  void withSharedHeadsAnExampleIsAllThatItsFacetsRead() throws Exception {
    try (TinyRun tiny = new TinyRun(folder, 40)) {
      tiny.in("run", StageListener.SILENT, List.of("sft.enabled=false"), FeedbackFiles::write);
      double separate = tokens(tiny, "reward.heads=separate", "reward.reads=prompt+reply");
      double shared = tokens(tiny, "reward.heads=shared", "reward.reads=prompt+reply");
      // A facet's question is longer than another's, but each has as many pairs.
      assertThat(shared).isCloseTo(3 * separate, within(1e-6));
      // Whole conversations up to the last facet hold the others'.
      assertThat(tokens(tiny, "reward.heads=shared", "reward.reads=whole"))
          .isLessThan(3 * tokens(tiny, "reward.heads=separate", "reward.reads=whole"));
    }
  }

  private static double tokens(TinyRun tiny, String... settings) {
    List<String> all = new ArrayList<>(List.of("sft.enabled=false", "reward.max_length=128"));
    all.addAll(List.of(settings));
    List<JsonNode> found = new ArrayList<>();
    tiny.in("run", StageListener.SILENT, all, context -> found.add(LengthReport.of(context)));
    for (JsonNode row : found.get(0).path("lengths")) {
      if (row.path("max_length").asInt() == 128) {
        return row.path("tokens_per_step").asDouble();
      }
    }
    return Double.NaN;
  }
}
