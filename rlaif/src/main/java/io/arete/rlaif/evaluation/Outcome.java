package io.arete.rlaif.evaluation;

import io.arete.rlaif.data.Facet;
import java.util.Arrays;
import java.util.Locale;

/** What is measured of a conversation; all in units of the reference samples' sd. */
public enum Outcome {
  /** The score that PPO raises: the ensemble's, with the charge for cut-off replies. */
  ENSEMBLE {
    @Override
    public double of(ScoredConversation scored) {
      return scored.score();
    }
  },
  /** The action's reward model alone. */
  ACTION {
    @Override
    public double of(ScoredConversation scored) {
      return scored.member(Facet.ACTION);
    }
  },
  /** The motivation's reward model alone. */
  MOTIVATION {
    @Override
    public double of(ScoredConversation scored) {
      return scored.member(Facet.MOTIVATION);
    }
  },
  /** The consequences' reward model alone. */
  CONSEQUENCES {
    @Override
    public double of(ScoredConversation scored) {
      return scored.member(Facet.CONSEQUENCES);
    }
  },
  /** The mean of the three: the ensemble's score without the charge for their disagreement. */
  MEAN {
    @Override
    public double of(ScoredConversation scored) {
      return Arrays.stream(Facet.values()).mapToDouble(scored::member).average().orElseThrow();
    }
  },
  /** The ensemble's score without the charge: a gain that is only in ending in time shows here. */
  ENSEMBLE_UNCHARGED {
    @Override
    public double of(ScoredConversation scored) {
      return scored.uncharged();
    }
  };

  /** What the verdict rests on. */
  public static final Outcome PRIMARY = ENSEMBLE;

  /** The number of one conversation. */
  public abstract double of(ScoredConversation scored);

  /** The name in files: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name in tables. */
  public String label() {
    return switch (this) {
      case ENSEMBLE_UNCHARGED -> "ensemble, no cut-off charge";
      case MEAN -> "mean of the facets";
      default -> wireName();
    };
  }
}
