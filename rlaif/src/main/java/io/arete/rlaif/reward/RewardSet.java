package io.arete.rlaif.reward;

import io.arete.rlaif.config.RewardMembers;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of reward models, one a facet, that is trained as one.
 *
 * @param role what it is for
 * @param seed from 1; sets of the ensemble with other seeds learn from the same pairs
 */
public record RewardSet(Role role, int seed) {

  /** What the policy is tuned against. */
  public static final RewardSet FIRST = new RewardSet(Role.ENSEMBLE, 1);

  /** Looks on while the policy is tuned, and has learned from pairs of its own. */
  public static final RewardSet WATCH = new RewardSet(Role.WATCH, 1);

  /** Is asked once, at the end, and has learned from pairs of its own. */
  public static final RewardSet VERDICT = new RewardSet(Role.VERDICT, 1);

  /** What a set is for; sets of different roles share no pair that they learned from. */
  public enum Role {
    /** To reward the policy. */
    ENSEMBLE,
    /** To watch it. */
    WATCH,
    /** To judge it. */
    VERDICT
  }

  /** The sets that reward the policy. */
  public static List<RewardSet> ensemble(RewardMembers members) {
    List<RewardSet> sets = new ArrayList<>();
    for (int seed = 1; seed <= members.seeds(); seed++) {
      sets.add(new RewardSet(Role.ENSEMBLE, seed));
    }
    return sets;
  }

  /** All sets of a recipe. */
  public static List<RewardSet> all(RewardMembers members) {
    List<RewardSet> sets = ensemble(members);
    if (members.watch()) {
      sets.add(WATCH);
      sets.add(VERDICT);
    }
    return sets;
  }

  /** Its name in folders and messages: empty for the first one. */
  public String name() {
    return switch (role) {
      case ENSEMBLE -> seed == 1 ? "" : "seed-" + seed;
      case WATCH -> "watch";
      case VERDICT -> "verdict";
    };
  }

  /** Where its models are: {@code reward/}, or a folder in it by its {@link #name}. */
  public Path root(RunFolder folder) {
    Path all = folder.stage(Stage.REWARD);
    return name().isEmpty() ? all : all.resolve(name());
  }

  /** A facet's model. */
  public Path model(RunFolder folder, Facet facet) {
    return root(folder).resolve(facet.wireName());
  }

  /** The key of the draws of one of its trainings; that of the first set is the training's name. */
  String drawsKey(String training) {
    return name().isEmpty() ? training : name() + " " + training;
  }
}
