package io.arete.rlaif.pretraining;

import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import java.nio.file.Path;
import java.util.List;

/**
 * How far a model is.
 *
 * @param step steps done
 * @param steps steps in all
 * @param parameters numbers that were learnt
 * @param tokens distinct ones that it has learnt from
 * @param loss mean over the last steps, nats a weighted token
 * @param seconds over all starts
 */
public record PretrainingResult(
    long step, long steps, long parameters, long tokens, double loss, double seconds) {

  private static final int LAST_STEPS = 100;

  static PretrainingResult read(Path metrics, long steps, long parameters, double seconds) {
    List<Metric> all = MetricLog.read(metrics);
    List<Metric> last = all.subList(Math.max(0, all.size() - LAST_STEPS), all.size());
    return new PretrainingResult(
        all.size(),
        steps,
        parameters,
        (long) all.stream().mapToDouble(metric -> value(metric, "tokens")).sum(),
        last.stream().mapToDouble(metric -> value(metric, "loss")).average().orElse(Double.NaN),
        seconds);
  }

  private static double value(Metric metric, String name) {
    return metric.values().getOrDefault(name, Double.NaN);
  }
}
