package io.arete.rlaif.bestof;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.evaluation.ScoredConversation;
import java.util.Locale;

/** Who chooses among conversations on one prompt. */
public enum Chooser {
  /** The run's ensemble. */
  ENSEMBLE {
    @Override
    double liking(ScoredConversation scored, double worth) {
      return scored.score();
    }
  },
  /** The plain mean of the members, without the charge for their disagreement. */
  MEAN {
    @Override
    double liking(ScoredConversation scored, double worth) {
      return scored.members().values().stream()
          .mapToDouble(Double::doubleValue)
          .average()
          .orElseThrow();
    }
  },
  /** The action's reward model alone. */
  ACTION {
    @Override
    double liking(ScoredConversation scored, double worth) {
      return scored.member(Facet.ACTION);
    }
  },
  /** The motivation's reward model alone. */
  MOTIVATION {
    @Override
    double liking(ScoredConversation scored, double worth) {
      return scored.member(Facet.MOTIVATION);
    }
  },
  /** The consequences' reward model alone. */
  CONSEQUENCES {
    @Override
    double liking(ScoredConversation scored, double worth) {
      return scored.member(Facet.CONSEQUENCES);
    }
  },
  /** The truth itself: the most that choosing can reach. */
  TRUTH {
    @Override
    double liking(ScoredConversation scored, double worth) {
      return worth;
    }
  };

  /** How much it likes a conversation of that true worth; the most liked is chosen. */
  abstract double liking(ScoredConversation scored, double worth);

  /** The name in files: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
