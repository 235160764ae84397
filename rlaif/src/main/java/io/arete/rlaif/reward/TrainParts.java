package io.arete.rlaif.reward;

import io.arete.rlaif.config.EarlyStopSettings;
import io.arete.rlaif.config.RewardMembers;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.data.Splits;
import io.arete.rlaif.stage.StageContext;
import java.util.List;
import java.util.Optional;

/**
 * Which train prompts' pairs each set of reward models learns from, and which it puts aside to find
 * its best step by. Prompts with equal first words stay together, as in the run's own splits.
 *
 * @param sets train = the ensemble's, watch and verdict = those models'; empty = all the ensemble's
 * @param aside watch = put aside; empty = nothing is
 */
record TrainParts(Optional<Splits> sets, Optional<Splits> aside) {

  /** By the recipe, from the run's seed. */
  static TrainParts of(StageContext context) {
    RewardSection settings = context.recipe().reward();
    RewardMembers members = settings.members();
    EarlyStopSettings stop = settings.earlyStop();
    List<Prompt> prompts = context.data().prompts(Split.TRAIN);
    long seed = context.recipe().general().seed();
    // Other seeds than the run's splits have: the order must not be theirs once more.
    return new TrainParts(
        members.watch()
            ? Optional.of(
                Splits.make(prompts, members.watchShare(), members.watchShare(), seed + 1))
            : Optional.empty(),
        stop.enabled()
            ? Optional.of(Splits.make(prompts, stop.share(), 0, seed + 2))
            : Optional.empty());
  }

  /** Whether a set learns from the pairs of a train prompt, or puts them aside. */
  boolean owns(RewardSet set, Prompt prompt) {
    Split wanted =
        switch (set.role()) {
          case ENSEMBLE -> Split.TRAIN;
          case WATCH -> Split.WATCH;
          case VERDICT -> Split.VERDICT;
        };
    return sets.map(made -> made.of(prompt) == wanted)
        .orElse(set.role() == RewardSet.Role.ENSEMBLE);
  }

  /** Whether a train prompt's pairs are put aside. */
  boolean putsAside(Prompt prompt) {
    return aside.filter(made -> made.of(prompt) == Split.WATCH).isPresent();
  }
}
