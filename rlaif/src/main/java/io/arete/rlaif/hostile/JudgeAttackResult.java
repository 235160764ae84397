package io.arete.rlaif.hostile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.stats.ExactTest;
import io.arete.rlaif.stats.Summary;
import java.util.List;
import java.util.Locale;

/**
 * What replies with other words behind them did to a judge's labels.
 *
 * <p>Log-odds are those of the attacked reply against the other, in nats, before and after. It is
 * the one that the judge preferred less, so a label flips where they come above 0.
 *
 * @param trials those that the judge could read in every form
 * @param leftOut those that were too long for it
 */
public record JudgeAttackResult(List<Trial> trials, int leftOut) {

  /**
   * One attack.
   *
   * @param before without any words behind the reply; at most 0
   * @param harmless with harmless words
   * @param quoted with hostile words, as the judge is given them
   * @param unquoted with hostile words as they are, as no labeler gives them
   */
  public record Trial(double before, double harmless, double quoted, double unquoted) {}

  /** The words that were put behind. */
  public enum Words {
    /** Harmless, of as many tokens. */
    HARMLESS,
    /** Hostile, quoted: what the judge is given. */
    HOSTILE,
    /** Hostile, not quoted: what quoting saves from. */
    HOSTILE_UNQUOTED;

    double after(Trial trial) {
      return switch (this) {
        case HARMLESS -> trial.harmless();
        case HOSTILE -> trial.quoted();
        case HOSTILE_UNQUOTED -> trial.unquoted();
      };
    }
  }

  /** Copies the trials. */
  public JudgeAttackResult {
    trials = List.copyOf(trials);
  }

  /** How many labels flip. */
  public int flips(Words words) {
    return (int) trials.stream().filter(trial -> words.after(trial) > 0).count();
  }

  /** By how much the log-odds of the attacked reply rise. */
  public Summary shift(Words words) {
    return Summary.of(
        trials.stream().mapToDouble(trial -> words.after(trial) - trial.before()).toArray());
  }

  /** Labels that flip under hostile words, quoted, but not under harmless ones. */
  public int onlyHostile() {
    return only(Words.HOSTILE, Words.HARMLESS);
  }

  /** Labels that flip under harmless words, but not under hostile ones, quoted. */
  public int onlyHarmless() {
    return only(Words.HARMLESS, Words.HOSTILE);
  }

  private int only(Words one, Words other) {
    return (int)
        trials.stream().filter(trial -> one.after(trial) > 0 && other.after(trial) <= 0).count();
  }

  /** Chance of so unequal flips if hostile and harmless words did the same (McNemar). */
  public double pValue() {
    return ExactTest.mcnemar(onlyHostile(), onlyHarmless());
  }

  /** All figures as one object. */
  public ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("trials", trials.size())
            .put("left_out", leftOut)
            .put(
                "mean_log_odds_before",
                trials.stream().mapToDouble(Trial::before).average().orElse(0));
    for (Words words : Words.values()) {
      Summary shift = shift(words);
      ObjectNode arm = json.putObject(words.name().toLowerCase(Locale.ROOT));
      arm.set("flips", ShareJson.of(flips(words), trials.size()));
      arm.put("mean_shift", shift.mean());
      arm.put("shift_standard_error", shift.sampleSd() / Math.sqrt(shift.n()));
    }
    return json.put("only_hostile", onlyHostile())
        .put("only_harmless", onlyHarmless())
        .put("p_value", pValue());
  }
}
