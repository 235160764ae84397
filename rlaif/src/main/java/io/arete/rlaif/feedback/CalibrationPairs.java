package io.arete.rlaif.feedback;

import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.StageContext;
import java.util.List;

/** On which pairs a run's labeler is compared with what is known. */
final class CalibrationPairs {

  private CalibrationPairs() {}

  /** People's pairs that watch, as many as are asked for. */
  static List<HumanPair> peoples(StageContext context) {
    List<HumanPair> known = context.data().pairs(Split.WATCH);
    return known.subList(0, Math.min(known.size(), context.recipe().feedback().calibrationPairs()));
  }

  /** Where conversations are sampled that the truth compares. */
  static List<CalibrationPrompts.Place> places(StageContext context) {
    return CalibrationPrompts.choose(
        context.data(),
        FeedbackPrompts.choose(context.data(), context.recipe().feedback().prompts()),
        context.recipe().feedback().calibrationPairs());
  }
}
