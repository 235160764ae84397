package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.feedback.PairOrder;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.run.AtomicFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A person's labels: which pair comes next, which side it shows first, and every answer on the disk
 * before the next pair. Pairs come in a drawn order, so that whoever stops early has labeled a
 * random sample.
 */
public final class HandLabels implements AutoCloseable {

  private static final String ID = "id";
  private static final String ANSWER = "answer";
  private static final String UNDONE = "undone";

  private final GivenPairs pairs;
  private final Facet facet;
  private final String name;
  private final List<GivenPair> order;
  private final CountedRandom draws;
  private final LabelingFolder folder;
  private final JsonLinesWriter log;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private JsonLinesWriter preferences;

  /** What a person says of the two replies shown. */
  public enum Answer {
    /** What is shown first is better. */
    FIRST,
    /** What is shown second is better. */
    SECOND,
    /** Neither is. */
    TIE;

    private String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Two replies, in the order in which they are shown.
   *
   * @param prompt what was asked
   */
  public record Shown(List<Message> prompt, String first, String second) {

    /** Copies the prompt. */
    public Shown {
      prompt = List.copyOf(prompt);
    }
  }

  private HandLabels(HandPlan plan, GivenPairs pairs, LabelingFolder folder) {
    this.pairs = pairs;
    this.facet = plan.facet();
    this.name = plan.name();
    this.folder = folder;
    this.draws = CountedRandom.of(plan.seed()).at("by-hand");
    List<GivenPair> drawn = new ArrayList<>();
    for (int i : draws.at("pairs").shuffle(pairs.pairs().size())) {
      drawn.add(pairs.pairs().get(i));
    }
    this.order = List.copyOf(drawn);
    this.log = JsonLinesWriter.open(folder.answers());
    JsonLines.readAppended(folder.answers(), (line, row) -> Optional.of(row)).forEach(this::read);
    this.preferences = rewritten();
  }

  /**
   * Opens a person's labels where they were left.
   *
   * @throws AreteException if the pairs cannot be read, or the folder was begun with others
   */
  public static HandLabels open(HandPlan plan) {
    GivenPairs pairs = GivenPairs.read(plan.source());
    LabelingFolder folder = LabelingFolder.open(plan.out(), plan.settings(pairs));
    try {
      return new HandLabels(plan, pairs, folder);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** What was taken for what. */
  public String columnsTold() {
    return pairs.columns().told();
  }

  /** How many pairs there are. */
  public int total() {
    return order.size();
  }

  /** How many are answered. */
  public int answered() {
    return answers.size();
  }

  /** The next pair without an answer, if there is one. */
  public Optional<Shown> next() {
    return nextPair().map(this::shown);
  }

  /** Keeps an answer about the next pair; it is on the disk when this returns. */
  public void answer(Answer answer) {
    GivenPair pair =
        nextPair().orElseThrow(() -> new IllegalStateException("Every pair has an answer"));
    write(JsonNodeFactory.instance.objectNode().put(ID, pair.id()).put(ANSWER, answer.wireName()));
    answers.put(pair.id(), answer);
    preference(pair, answer).ifPresent(preferences::append);
    preferences.force();
  }

  /**
   * Takes the last answer back, so that its pair comes next.
   *
   * @return whether there was one
   */
  public boolean undo() {
    if (answers.isEmpty()) {
      return false;
    }
    String last = order.get(answers.size() - 1).id();
    write(JsonNodeFactory.instance.objectNode().put(ID, last).put(UNDONE, true));
    answers.remove(last);
    preferences.close();
    preferences = rewritten();
    return true;
  }

  /** Writes report.json and returns what it says. */
  public ObjectNode report() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    LabelingReport.describe(report, pairs);
    int ties = (int) answers.values().stream().filter(Answer.TIE::equals).count();
    int decided = answers.size() - ties;
    report
        .put("by", name)
        .put("facet", facet.wireName())
        .put("pairs", total())
        .put("answered", answers.size())
        .put("ties", ties);
    int comparable = (int) comparable().count();
    if (decided > 0) {
      int first = (int) answers.values().stream().filter(Answer.FIRST::equals).count();
      report.set("shown_first_preferred", ShareJson.of(first, decided));
      if (pairs.columns().preferred() && comparable > 0) {
        report.set("agrees_with_given", ShareJson.of(agreeing(), comparable));
      }
    }
    folder.report(report);
    return report;
  }

  @Override
  public void close() {
    preferences.close();
    log.close();
    folder.close();
  }

  private Optional<GivenPair> nextPair() {
    return answers.size() < order.size()
        ? Optional.of(order.get(answers.size()))
        : Optional.empty();
  }

  private Shown shown(GivenPair pair) {
    String first = pair.sides().firstReply();
    String second = pair.sides().secondReply();
    boolean keeps = keeps(pair);
    return new Shown(
        pair.sides().prompt().messages(), keeps ? first : second, keeps ? second : first);
  }

  private boolean keeps(GivenPair pair) {
    return PairOrder.keeps(draws, pair.id());
  }

  private Optional<ObjectNode> preference(GivenPair pair, Answer answer) {
    return answer == Answer.TIE
        ? Optional.empty()
        : Optional.of(
            pair.preference(answer == Answer.FIRST == keeps(pair))
                .put("facet", facet.wireName())
                .put("by", name));
  }

  /** Pairs that were decided here and in the data. */
  private Stream<GivenPair> comparable() {
    return order.stream()
        .limit(answers.size())
        .filter(pair -> answers.get(pair.id()) != Answer.TIE)
        .filter(pair -> pair.firstIsBetter().isPresent());
  }

  private int agreeing() {
    return (int)
        comparable()
            .filter(
                pair ->
                    ((answers.get(pair.id()) == Answer.FIRST) == keeps(pair))
                        == pair.firstIsBetter().orElseThrow())
            .count();
  }

  private void write(ObjectNode row) {
    log.append(row);
    log.force();
  }

  private void read(ObjectNode row) {
    String id = row.path(ID).asText();
    boolean undone = row.has(UNDONE);
    int place = undone ? answers.size() - 1 : answers.size();
    if (place < 0 || place >= order.size() || !order.get(place).id().equals(id)) {
      throw new AreteException(
          folder.answers()
              + " answers the pair "
              + id
              + " out of turn; it was changed from outside.");
    }
    if (undone) {
      answers.remove(id);
    } else {
      answers.put(id, answer(row.path(ANSWER).asText()));
    }
  }

  private Answer answer(String wireName) {
    for (Answer answer : Answer.values()) {
      if (answer.wireName().equals(wireName)) {
        return answer;
      }
    }
    throw new AreteException(
        folder.answers() + " holds the answer \"" + wireName + "\"; it was changed from outside.");
  }

  /** The preferences anew from all answers: after a kill, or an answer taken back. */
  private JsonLinesWriter rewritten() {
    StringBuilder lines = new StringBuilder();
    for (GivenPair pair : order.subList(0, answers.size())) {
      preference(pair, answers.getOrDefault(pair.id(), Answer.TIE))
          .ifPresent(row -> lines.append(row).append('\n'));
    }
    AtomicFile.writeText(folder.pairs(), lines.toString());
    return JsonLinesWriter.open(folder.pairs());
  }
}
