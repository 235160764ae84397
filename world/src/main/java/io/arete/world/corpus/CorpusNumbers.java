package io.arete.world.corpus;

import io.arete.rlaif.file.Faults;
import io.arete.world.file.BankSource;
import io.arete.world.file.Fields;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The corpus's numbers and words, from {@code corpus.yaml}, where each is explained.
 *
 * @param shares of documents
 * @param weights in the loss
 * @param conversations by setting
 */
record CorpusNumbers(
    Map<CorpusKind, Double> shares,
    Weights weights,
    Map<Setting, Conversations> conversations,
    double threeTurns,
    Judging judging,
    String ratingWording,
    List<Double> ratingEdges,
    Revision revision,
    double plainWithRule) {

  /** What stands around a request. */
  enum Setting {
    RULE("rule", true, false),
    RULE_AND_WRAPPING("rule_and_wrapping", true, true),
    WRAPPING("wrapping", false, true),
    BARE("bare", false, false);

    private final String key;
    private final boolean rule;
    private final boolean wrapping;

    Setting(String key, boolean rule, boolean wrapping) {
      this.key = key;
      this.rule = rule;
      this.wrapping = wrapping;
    }

    boolean rule() {
      return rule;
    }

    boolean wrapping() {
      return wrapping;
    }
  }

  record Weights(
      double reply, double judgement, double rating, double answer, double prompt, double read) {}

  record Conversations(double share, double good) {}

  record Judging(
      double wrapped, double otherPole, double offPole, double spoilt, double slope, double lean) {}

  record Revision(String askCritique, List<String> critiques, String askRevision) {}

  /** Reads them; lists every fault. */
  static CorpusNumbers read(BankSource source) {
    Faults faults = new Faults("corpus");
    Fields root = Fields.parse(source.text("corpus"), "corpus", faults);
    root.allowOnly(
        "shares",
        "weights",
        "conversations",
        "three_turns",
        "judging",
        "rating",
        "revision",
        "plain_with_rule");
    CorpusNumbers numbers =
        new CorpusNumbers(
            shares(root.group("shares")),
            weights(root.group("weights")),
            conversations(root.group("conversations")),
            root.number("three_turns", 0, 1),
            judging(root.group("judging")),
            root.group("rating").text("wording"),
            root.group("rating").numbers("edges", 4, -1, 1),
            revision(root.group("revision")),
            root.number("plain_with_rule", 0, 1));
    faults.throwIfAny();
    return numbers;
  }

  private static Map<CorpusKind, Double> shares(Fields group) {
    Map<CorpusKind, Double> shares = new EnumMap<>(CorpusKind.class);
    for (CorpusKind kind : CorpusKind.values()) {
      shares.put(kind, group.number(kind.wireName(), 0, 1));
    }
    checkSum(group, shares.values().stream().mapToDouble(share -> share).sum());
    return shares;
  }

  private static Weights weights(Fields group) {
    group.allowOnly("reply", "judgement", "rating", "answer", "prompt", "read");
    return new Weights(
        group.number("reply", 0, 100),
        group.number("judgement", 0, 100),
        group.number("rating", 0, 100),
        group.number("answer", 0, 100),
        group.number("prompt", 0, 100),
        group.number("read", 0, 100));
  }

  private static Map<Setting, Conversations> conversations(Fields group) {
    Map<Setting, Conversations> settings = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      Fields fields = group.group(setting.key);
      settings.put(
          setting, new Conversations(fields.number("share", 0, 1), fields.number("good", 0, 1)));
    }
    checkSum(group, settings.values().stream().mapToDouble(Conversations::share).sum());
    return settings;
  }

  private static Judging judging(Fields group) {
    group.allowOnly("wrapped", "other_pole", "off_pole", "spoilt", "slope", "lean");
    return new Judging(
        group.number("wrapped", 0, 1),
        group.number("other_pole", 0, 1),
        group.number("off_pole", 0, 1),
        group.number("spoilt", 0, 1),
        group.number("slope", 0, 100),
        group.number("lean", -10, 10));
  }

  private static Revision revision(Fields group) {
    group.allowOnly("ask_critique", "critiques", "ask_revision");
    return new Revision(
        group.text("ask_critique"), group.texts("critiques"), group.text("ask_revision"));
  }

  private static void checkSum(Fields group, double sum) {
    if (Math.abs(sum - 1) > 1e-9) {
      group.fault("the shares sum to " + sum + " but must sum to 1");
    }
  }
}
