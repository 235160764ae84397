package io.arete.rlaif.reward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.forest.Forest;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.text.FacetTexts.FacetText;
import io.arete.rlaif.training.TinyRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever plans memory by a step's tokens must be told of all that a step reads. */
class LengthReportTest {

  @TempDir Path folder;

  @Test
  void withSharedHeadsAnExampleIsWhatTheForestOfAllItsTextsHolds() throws Exception {
    try (TinyRun tiny = new TinyRun(folder, 40)) {
      tiny.in("run", StageListener.SILENT, List.of("sft.enabled=false"), FeedbackFiles::write);
      for (String reads : List.of("reward.reads=prompt+reply", "reward.reads=whole")) {
        double inForests = forests(tiny, "reward.heads=shared", reads);
        // Beginnings of questions that two facets share by chance are not reckoned.
        assertThat(tokens(tiny, "reward.heads=shared", reads))
            .isBetween(inForests, 1.08 * inForests);
      }
    }
  }

  /** Distinct tokens of a batch of comparisons, each with its texts on all facets. */
  private static double forests(TinyRun tiny, String... settings) {
    return tiny.ask(
        "run",
        with(settings),
        context -> {
          FeedbackPairs feedback = FeedbackPairs.read(context);
          List<List<int[]>> examples = new ArrayList<>();
          for (Facet facet : Facet.values()) {
            PairSet set = PairSet.all(context, feedback, RewardStage.texts(context), facet);
            List<RewardPair> pairs =
                Stream.concat(set.train().stream(), set.watch().stream()).toList();
            for (int i = 0; i < pairs.size(); i++) {
              if (examples.size() == i) {
                examples.add(new ArrayList<>());
              }
              pairs.get(i).texts().stream().map(FacetText::ids).forEach(examples.get(i)::add);
            }
          }
          return context.recipe().reward().batchSize()
              * examples.stream()
                  .mapToInt(example -> Forest.of(example).tokens())
                  .average()
                  .orElseThrow();
        });
  }

  private static double tokens(TinyRun tiny, String... settings) {
    JsonNode report = tiny.ask("run", with(settings), LengthReport::of);
    for (JsonNode row : report.path("lengths")) {
      if (row.path("max_length").asInt() == 128) {
        return row.path("tokens_per_step").asDouble();
      }
    }
    return Double.NaN;
  }

  private static List<String> with(String... settings) {
    List<String> all = new ArrayList<>(List.of("sft.enabled=false", "reward.max_length=128"));
    all.addAll(List.of(settings));
    return all;
  }
}
