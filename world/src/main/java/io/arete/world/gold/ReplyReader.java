package io.arete.world.gold;

import io.arete.rlaif.data.Facet;
import io.arete.world.bank.Bank;
import io.arete.world.bank.Frame;
import io.arete.world.bank.Schema;
import io.arete.world.language.Repertoire;
import io.arete.world.language.SituatedClause;
import io.arete.world.language.Situation;
import io.arete.world.text.Template;
import io.arete.world.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the clauses of a reply: of all ways to read it, the one that recognises the most words, and
 * of those the one with the longest clauses first. (Connectives can occur inside clauses, so the
 * first that fits is not always right.)
 *
 * <p>Recognised are: clauses that apply to the situation, each once, and as many as the grammar
 * makes; before them an opener at the reply's beginning or a join after a clause; the full stop at
 * the end after a clause. Everything else is not, repeats and other situations' clauses among it. A
 * missing full stop, and a missing opener or join, count as a word that is not recognised. Blanks
 * do not count; upper and lower case do.
 */
final class ReplyReader {

  private final Bank bank;
  private final Repertoire repertoire;

  ReplyReader(Bank bank, Repertoire repertoire) {
    this.bank = bank;
    this.repertoire = repertoire;
  }

  Reading read(Situation situation, Facet facet, String reply) {
    List<String> words = Words.of(reply);
    Frame frame = bank.frame(situation.schema().kind(), facet);
    List<FoundClause> found =
        new ClauseSearch(words, frame, candidates(situation.schema(), facet), bank.slots()).best();
    List<SituatedClause> clauses = new ArrayList<>();
    Set<Template> seen = new HashSet<>();
    int recognised = 0;
    int missing = 0;
    int slots = 0;
    int right = 0;
    boolean stopCounts = false;
    for (FoundClause one : found) {
      stopCounts = clauses.size() < bank.grammar().longest() && seen.add(one.clause().say());
      if (stopCounts) {
        clauses.add(one.clause());
        missing += one.before() == 0 ? 1 : 0;
        recognised += one.before() + one.match().end() - one.start();
        slots += one.match().fillings().size();
        right += right(one.match().fillings(), situation.fillings());
      }
    }
    boolean stop = !words.isEmpty() && words.get(words.size() - 1).equals(".");
    boolean stopRecognised =
        stop && stopCounts && found.get(found.size() - 1).match().end() == words.size() - 1;
    return new Reading(
        clauses,
        recognised + (stopRecognised ? 1 : 0),
        words.size() + missing + (stop ? 0 : 1),
        slots,
        right);
  }

  private Map<String, List<SituatedClause>> candidates(Schema schema, Facet facet) {
    Map<String, List<SituatedClause>> byFirstWord = new HashMap<>();
    for (SituatedClause clause : repertoire.clauses(schema, facet)) {
      Optional<String> first = clause.say().firstWord();
      first.ifPresent(
          word -> byFirstWord.computeIfAbsent(word, key -> new ArrayList<>()).add(clause));
    }
    return byFirstWord;
  }

  private static int right(Map<String, String> found, Map<String, String> asked) {
    return (int)
        found.entrySet().stream()
            .filter(entry -> entry.getValue().equals(asked.get(entry.getKey())))
            .count();
  }
}
