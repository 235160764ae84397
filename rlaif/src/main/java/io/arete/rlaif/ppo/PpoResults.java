package io.arete.rlaif.ppo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.run.NumberedFolders;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Writes what PPO leaves behind. Written again after a kill, it has the same bytes. */
final class PpoResults {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Where the critic stands in the stage's folder. */
  private static final String CRITIC = "critic";

  /** Where the last policy stands if another goes on. */
  private static final String LAST = "last";

  private PpoResults() {}

  /**
   * Writes policy and critic as adapters of the plain base, or as whole models; then the summary.
   *
   * @param best the policy with the best watch score, if there is one
   * @param keep which policy goes on; the other is written beside it
   */
  static void write(
      RunFolder folder, PpoModels models, Optional<TrainerState.Best> best, PpoSection.Keep keep) {
    Path stage = folder.stage(Stage.PPO);
    NumberedFolders folders = new NumberedFolders(stage, Watching.BEST);
    if (keep == PpoSection.Keep.BEST && best.isPresent()) {
      models.policy().trainee().write(stage.resolve(LAST), Optional.empty());
      folders.spread(best.get().iteration());
    } else {
      models.policy().trainee().write(stage, Optional.empty());
      best.ifPresent(one -> folders.settle(one.iteration()));
    }
    models
        .valued()
        .ifPresent(
            valued -> valued.write(stage.resolve(CRITIC), Optional.of(valued.heads().get(0))));
    ObjectNode summary = summary(MetricLog.read(folder.metrics(Stage.PPO)));
    best.ifPresent(
        one ->
            summary
                .put("kept", keep.name().toLowerCase(Locale.ROOT))
                .put("best_iteration", one.iteration())
                .put("best_watch_score", one.score()));
    AtomicFile.writeText(stage.resolve("summary.json"), summary.toPrettyString() + "\n");
  }

  /** The first and the last third of the run side by side, since single rounds are noisy. */
  private static ObjectNode summary(List<Metric> metrics) {
    int third = (metrics.size() + 2) / 3;
    List<Metric> early = metrics.subList(0, third);
    List<Metric> late = metrics.subList(metrics.size() - third, metrics.size());
    ObjectNode root =
        MAPPER.createObjectNode().put("iterations", metrics.size()).put("third", third);
    ObjectNode first = root.putObject("first_third");
    ObjectNode last = root.putObject("last_third");
    // A round whose update stopped before its first step tells no losses.
    Set<String> names = new LinkedHashSet<>();
    metrics.forEach(metric -> names.addAll(metric.values().keySet()));
    for (String name : names) {
      first.put(name, mean(early, name));
      last.put(name, mean(late, name));
    }
    root.put("stopped_early", (int) metrics.stream().filter(PpoResults::stoppedEarly).count());
    return root;
  }

  private static double mean(List<Metric> metrics, String name) {
    return metrics.stream()
        .map(metric -> metric.values().get(name))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(0);
  }

  private static boolean stoppedEarly(Metric metric) {
    return Objects.requireNonNull(metric.values().get("stopped_early")) > 0;
  }
}
