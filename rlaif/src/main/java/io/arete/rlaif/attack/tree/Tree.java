package io.arete.rlaif.attack.tree;

import io.arete.rlaif.attack.method.AttackResult;
import io.arete.rlaif.attack.method.AttackTally;
import io.arete.rlaif.attack.prompt.Behavior;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** One behavior's tree while it grows. */
final class Tree {

  private final Behavior behavior;
  private final TreeSettings settings;
  private List<Leaf> leaves = new ArrayList<>();
  private AttackTally tally = AttackTally.NOTHING;
  private Optional<String> best = Optional.empty();
  private OptionalInt score = OptionalInt.empty();
  private OptionalInt found = OptionalInt.empty();

  Tree(Behavior behavior, TreeSettings settings) {
    this.behavior = behavior;
    this.settings = settings;
    for (int stream = 0; stream < settings.streams(); stream++) {
      leaves.add(Leaf.root(stream));
    }
  }

  Behavior behavior() {
    return behavior;
  }

  List<Leaf> leaves() {
    return leaves;
  }

  /** Whether there is somebody to go on, and reason to. */
  boolean grows() {
    return found.isEmpty() && !leaves.isEmpty();
  }

  void count(AttackTally more) {
    tally = tally.plus(more);
  }

  /**
   * A level has been asked.
   *
   * @param level its prompts in the order in which they were sent, with replies and scores
   * @param dead leaves that got no prompt
   */
  void close(List<Leaf> level, int dead) {
    count(new AttackTally(0, 0, 0, 0, 0, 0, 0, dead));
    int before = tally.targetQueries() - level.size();
    for (int i = 0; i < level.size(); i++) {
      Leaf.Turn last = level.get(i).turns().get(level.get(i).turns().size() - 1);
      if (best.isEmpty() || last.score().orElse(0) > score.orElse(0)) {
        best = Optional.of(last.written().prompt());
        score = last.score();
      }
      boolean top = last.score().orElse(0) == AttackResult.TOP;
      if (top && found.isEmpty()) {
        found = OptionalInt.of(before + i + 1);
      }
    }
    // Streams that all go on keep their order.
    Set<Leaf> kept =
        level.stream()
            .sorted(Comparator.comparingInt(Leaf::rank).reversed())
            .limit(settings.width())
            .collect(Collectors.toSet());
    leaves = level.stream().filter(kept::contains).toList();
  }

  AttackResult result() {
    return new AttackResult(behavior, best, score, found, tally);
  }
}
