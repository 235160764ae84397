package io.arete.rlaif.report;

import java.util.List;
import java.util.Optional;

/** Supervised fine-tuning, the first thing that is trained. */
final class TuningChapter {

  private TuningChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    return Curves.figure(
            "tuning-loss",
            "Loss on the replies in supervised fine-tuning, a batch a step.",
            "loss, nats a token",
            List.of(Curve.of("", run.metrics("sft/metrics.jsonl"), "loss")),
            List.of())
        .map(figure -> new Chapter("tuning", "Fine-tuning", List.of(figure)));
  }
}
