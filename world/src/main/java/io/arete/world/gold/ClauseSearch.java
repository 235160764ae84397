package io.arete.world.gold;

import io.arete.world.bank.Frame;
import io.arete.world.language.SituatedClause;
import io.arete.world.text.Slots;
import io.arete.world.text.Template;
import io.arete.world.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The search for the clauses of one reply, from its end to its beginning: what is best from each
 * word on.
 */
final class ClauseSearch {

  private final List<String> words;
  private final List<List<String>> openers;
  private final List<List<String>> joins;
  private final Map<String, List<SituatedClause>> candidates;
  private final Slots slots;
  private final Step[] fromClause;
  private final Step[] fromAnywhere;

  /** What can be recognised from a word on: how many words, and the first clause if any. */
  private record Step(int recognised, Optional<FoundClause> clause) {
    static final Step NONE = new Step(0, Optional.empty());
  }

  ClauseSearch(
      List<String> words, Frame frame, Map<String, List<SituatedClause>> candidates, Slots slots) {
    this.words = words;
    this.openers = frame.openers().stream().map(Words::of).toList();
    this.joins = frame.joins().stream().map(Words::of).toList();
    this.candidates = candidates;
    this.slots = slots;
    this.fromClause = new Step[words.size() + 1];
    this.fromAnywhere = new Step[words.size() + 1];
  }

  /** The clauses of the best reading, in their order. */
  List<FoundClause> best() {
    fromClause[words.size()] = Step.NONE;
    fromAnywhere[words.size()] = Step.NONE;
    for (int start = words.size() - 1; start >= 0; start--) {
      fromClause[start] = clauseAt(start);
      Step skipped = fromAnywhere[start + 1];
      fromAnywhere[start] =
          fromClause[start].recognised() >= skipped.recognised() ? fromClause[start] : skipped;
    }
    Step step = held(0, openers, fromAnywhere[0]);
    List<FoundClause> found = new ArrayList<>();
    while (step.clause().isPresent()) {
      FoundClause clause = step.clause().get();
      found.add(clause);
      step = after(clause.match().end());
    }
    return found;
  }

  /** The best that begins with a clause right at that word. */
  private Step clauseAt(int start) {
    Step best = Step.NONE;
    int longest = 0;
    for (SituatedClause clause : candidates.getOrDefault(words.get(start), List.of())) {
      Optional<Template.Match> match = clause.say().match(words, start, slots);
      if (match.isPresent()) {
        int end = match.get().end();
        int recognised = end - start + after(end).recognised();
        boolean asMuch = recognised == best.recognised();
        if (recognised > best.recognised() || (asMuch && end - start > longest)) {
          longest = end - start;
          FoundClause found = new FoundClause(clause, start, 0, match.get());
          best = new Step(recognised, Optional.of(found));
        }
      }
    }
    return best;
  }

  /** The best that follows a clause which ends there. */
  private Step after(int end) {
    boolean stop = end == words.size() - 1 && words.get(end).equals(".");
    return stop ? new Step(1, Optional.empty()) : held(end, joins, fromAnywhere[end]);
  }

  /**
   * The best that begins there with a holder and its clause, if it is better than {@code other}.
   */
  private Step held(int start, List<List<String>> holders, Step other) {
    Step best = other;
    for (List<String> holder : holders) {
      int size = holder.size();
      Step step = Words.at(words, start, holder) ? fromClause[start + size] : Step.NONE;
      if (step.clause().isPresent() && step.recognised() + size > best.recognised()) {
        best = new Step(step.recognised() + size, step.clause().map(found -> found.heldBy(size)));
      }
    }
    return best;
  }
}
