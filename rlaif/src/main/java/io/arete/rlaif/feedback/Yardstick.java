package io.arete.rlaif.feedback;

import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.StageContext;
import java.util.Locale;

/** Whom a labeler is compared with before it labels. */
enum Yardstick {
  /** The truth, on all facets, on conversations that are sampled for it. */
  TRUTH,
  /** People, on their pairs of actions that watch. */
  PEOPLE,
  /** Nobody: nothing is known, nothing was asked for, or the labels are the yardstick's own. */
  NOBODY;

  static Yardstick of(StageContext context) {
    FeedbackSection settings = context.recipe().feedback();
    boolean own =
        settings.source() == FeedbackSection.Source.HUMAN
            || settings.source() == FeedbackSection.Source.TRUTH;
    if (own || settings.calibrationPairs() == 0) {
      return NOBODY;
    }
    if (context.recipe().data().truth().isPresent()) {
      return TRUTH;
    }
    return context.data().pairs(Split.WATCH).isEmpty() ? NOBODY : PEOPLE;
  }

  /** The name in files. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The field of agreement.json that holds the share of agreement. */
  String agreementField() {
    return "agrees_with_" + wireName();
  }
}
