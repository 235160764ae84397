package io.arete.world.plain;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.file.Faults;
import io.arete.world.file.BankSource;
import io.arete.world.file.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The plain questions, parted so that every fact is in training in some wordings, and asked for in
 * others by watch and verdict: of a fact's wordings, in an order by hash, the last two belong to
 * the verdict, the one before to the watch, all others to training.
 */
public final class PlainQuestions {

  private static final int VERDICT_WORDINGS = 2;
  private static final int WATCH_WORDINGS = 1;
  private static final int LEAST_FRAMES = 5;

  private final Map<Split, List<PlainQuestion>> bySplit;

  private PlainQuestions(Map<Split, List<PlainQuestion>> bySplit) {
    this.bySplit = bySplit;
  }

  /**
   * Reads the bank of plain questions.
   *
   * @throws io.arete.engine.AreteException that lists its faults
   */
  public static PlainQuestions read(BankSource source) {
    Faults faults = new Faults("plain");
    Fields root = Fields.parse(source.text("plain"), "plain", faults);
    root.allowOnly("frames", "answer", "relations", "orders");
    List<String> frames = root.texts("frames");
    if (frames.size() < LEAST_FRAMES) {
      root.fault("at least " + LEAST_FRAMES + " frames are needed, so that training has two");
    }
    String answer = root.text("answer");
    List<Fact> facts = facts(root);
    faults.throwIfAny();
    Map<Split, List<PlainQuestion>> bySplit = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      bySplit.put(split, new ArrayList<>());
    }
    facts.forEach(fact -> part(fact, frames, answer, bySplit));
    return new PlainQuestions(bySplit);
  }

  /** How many questions a split has. */
  public int count(Split split) {
    return questions(split).size();
  }

  /** The questions of a split, in a random order that is always the same. */
  public List<PlainQuestion> questions(Split split) {
    List<PlainQuestion> questions = bySplit.getOrDefault(split, List.of());
    int[] order = CountedRandom.of(0).at("plain order").shuffle(questions.size());
    return Arrays.stream(order).mapToObj(questions::get).toList();
  }

  /** A question of a split, drawn by that key. */
  public PlainQuestion draw(Split split, CountedRandom key) {
    List<PlainQuestion> questions = bySplit.getOrDefault(split, List.of());
    return questions.get(key.below(questions.size(), 0));
  }

  private static void part(
      Fact fact, List<String> frames, String answer, Map<Split, List<PlainQuestion>> bySplit) {
    int[] order = CountedRandom.of(0).at("plain").at(fact.asks()).shuffle(frames.size());
    for (int rank = 0; rank < order.length; rank++) {
      int fromEnd = order.length - rank;
      Split split =
          fromEnd <= VERDICT_WORDINGS
              ? Split.VERDICT
              : fromEnd <= VERDICT_WORDINGS + WATCH_WORDINGS ? Split.WATCH : Split.TRAIN;
      bySplit
          .getOrDefault(split, new ArrayList<>())
          .add(
              new PlainQuestion(
                  fact.relation(),
                  frames.get(order[rank]).replace("{q}", fact.asks()),
                  answer.replace("{a}", fact.answers().get(0)),
                  fact.answers()));
    }
  }

  /** A fact: what is asked, and all right answers, the world's own first. */
  private record Fact(String relation, String asks, List<String> answers) {}

  private static List<Fact> facts(Fields root) {
    List<Fact> facts = new ArrayList<>();
    Fields relations = root.group("relations");
    for (String name : relations.keys()) {
      Fields relation = relations.group(name);
      relation.allowOnly("asks", "facts");
      String asks = relation.text("asks");
      relation
          .group("facts")
          .allTexts()
          .forEach((x, y) -> facts.add(new Fact(name, asks.replace("{x}", x), variants(y))));
    }
    Fields orders = root.group("orders");
    for (String name : orders.keys()) {
      Fields order = orders.group(name);
      order.allowOnly("asks", "things");
      facts.addAll(comparisons(name, order.text("asks"), order.texts("things")));
    }
    return facts;
  }

  private static List<String> variants(String text) {
    return Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
  }

  /** Every two of those things, in both orders; the later in the list is the answer. */
  private static List<Fact> comparisons(String name, String asks, List<String> things) {
    List<Fact> facts = new ArrayList<>();
    for (int less = 0; less < things.size(); less++) {
      for (int more = less + 1; more < things.size(); more++) {
        String first = things.get(less);
        String second = things.get(more);
        // "the horse" and "horse" are as right as "a horse".
        String bare = second.replaceFirst("^an? ", "");
        List<String> answers = List.of(second, bare, "the " + bare);
        facts.add(new Fact(name, asks.replace("{x}", first).replace("{y}", second), answers));
        facts.add(new Fact(name, asks.replace("{x}", second).replace("{y}", first), answers));
      }
    }
    return facts;
  }
}
