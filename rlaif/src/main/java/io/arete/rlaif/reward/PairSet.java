package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.extension.Truth;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A facet's pairs as a reward model reads them.
 *
 * @param file where they come from
 * @param train pairs on prompts of the train split
 * @param aside train pairs that are not learned from, but tell the best step
 * @param watch pairs on prompts of the watch split, held out
 * @param tooLong pairs left out because a reply alone is too long
 * @param identical pairs left out because both texts are the same once cut
 */
public record PairSet(
    Path file,
    List<RewardPair> train,
    List<RewardPair> aside,
    List<RewardPair> watch,
    int tooLong,
    int identical) {

  /** A held-out loss at a temperature that other held-out pairs chose needs one of each. */
  private static final int FEWEST_HELD_OUT = 2;

  /**
   * Reads the pairs and conversations that the feedback stage left.
   *
   * @throws AreteException if a pair's conversation or prompt is missing, or a split has no pairs
   */
  static PairSet read(StageContext context, FeedbackPairs pairs, FacetTexts texts, Facet facet) {
    PairSet set = all(context, pairs, texts, facet);
    set.requireEnough();
    return set;
  }

  /**
   * As {@link #read}, however few there are.
   *
   * @throws AreteException if a pair's conversation or prompt is missing
   */
  public static PairSet all(
      StageContext context, FeedbackPairs pairs, FacetTexts texts, Facet facet) {
    Optional<Truth> truth = context.recipe().data().truth().map(Truths::named);
    List<RewardPair> train = new ArrayList<>();
    List<RewardPair> watch = new ArrayList<>();
    int tooLong = 0;
    int identical = 0;
    List<FeedbackPairs.Found> all = pairs.of(facet);
    for (FeedbackPairs.Found found : all) {
      Optional<RewardPair> pair = pair(found, texts, truth);
      if (pair.isEmpty()) {
        tooLong++;
      } else if (Arrays.equals(pair.get().first().ids(), pair.get().second().ids())) {
        identical++;
      } else {
        switch (context.data().splits().of(found.prompt())) {
          case TRAIN -> train.add(pair.get());
          case WATCH -> watch.add(pair.get());
          case VERDICT -> {} // Of no use here: what judges at the end must not train or select.
        }
      }
    }
    return new PairSet(pairs.file(facet), train, List.of(), watch, tooLong, identical);
  }

  /** Names what the held-out pairs' texts are, token by token: another text gives another name. */
  public String watchTexts() {
    return Digests.text(
        watch.stream()
            .flatMap(pair -> pair.texts().stream())
            .map(text -> Arrays.toString(text.ids()))
            .collect(Collectors.joining("\n")));
  }

  /** How many texts of the kept pairs were cut to the longest length. */
  private int cutTexts() {
    return train.stream().mapToInt(RewardPair::cut).sum()
        + aside.stream().mapToInt(RewardPair::cut).sum()
        + watch.stream().mapToInt(RewardPair::cut).sum();
  }

  /**
   * The same for one set of models.
   *
   * @throws AreteException if nothing is left to learn from, or nothing is put aside that should be
   */
  PairSet part(RewardSet set, TrainParts parts) {
    List<RewardPair> own = train.stream().filter(pair -> parts.owns(set, pair.prompt())).toList();
    PairSet part =
        new PairSet(
            file,
            own.stream().filter(pair -> !parts.putsAside(pair.prompt())).toList(),
            own.stream().filter(pair -> parts.putsAside(pair.prompt())).toList(),
            watch,
            tooLong,
            identical);
    boolean stops = parts.aside().isPresent();
    if (part.train.isEmpty() || (stops && part.aside.isEmpty())) {
      throw new AreteException(
          file
              + " has only "
              + train.size()
              + " pairs to train on, of which "
              + part.train.size()
              + " are left to learn from and "
              + part.aside.size()
              + " to be put aside; give more pairs, or change reward.watch_model_share or"
              + " reward.early_stop.share.");
    }
    return part;
  }

  /** Share of all kept texts that were cut to the longest length. */
  double cutShare() {
    return cutTexts() / (2.0 * (train.size() + aside.size() + watch.size()));
  }

  /**
   * Refuses too little to learn from, or to be tried on.
   *
   * @throws AreteException that says how many pairs there are, and what to do
   */
  void requireEnough() {
    if (train.isEmpty() || watch.size() < FEWEST_HELD_OUT) {
      throw new AreteException(
          file
              + " has "
              + train.size()
              + " pairs to train on and "
              + watch.size()
              + " to hold out (of "
              + (train.size() + watch.size() + tooLong + identical)
              + "; "
              + tooLong
              + " are too long for reward.max_length, "
              + identical
              + " are identical after the cut) but needs at least 1 and "
              + FEWEST_HELD_OUT
              + "; give more prompts, hold out another share of them (data.watch_share, or"
              + " --held-out-share of reward train), or change reward.max_length.");
    }
    if (train.stream().allMatch(pair -> pair.p() == 0.5)) {
      throw new AreteException(
          file
              + " calls all of its "
              + train.size()
              + " pairs to train on equally good (p is 0.5 in each), so there is nothing to learn;"
              + " ask another labeler, or give clearer pairs.");
    }
  }

  /** Nothing if a reply alone is too long. */
  private static Optional<RewardPair> pair(
      FeedbackPairs.Found found, FacetTexts texts, Optional<Truth> truth) {
    PreferencePair preference = found.preference();
    Prompt prompt = found.prompt();
    Optional<FacetText> first = texts.text(prompt, found.first(), preference.facet());
    Optional<FacetText> second = texts.text(prompt, found.second(), preference.facet());
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RewardPair(
            preference.id(),
            prompt,
            prompt.id() + " " + preference.first() + " " + preference.second(),
            first.get(),
            second.get(),
            preference.p(),
            preference.margin(),
            1,
            preference.inherited(),
            trueLead(found, truth)));
  }

  private static OptionalDouble trueLead(FeedbackPairs.Found found, Optional<Truth> truth) {
    Optional<Double> one = worth(found, found.first(), truth);
    Optional<Double> other = worth(found, found.second(), truth);
    return one.isPresent() && other.isPresent()
        ? OptionalDouble.of(one.get() - other.get())
        : OptionalDouble.empty();
  }

  private static Optional<Double> worth(
      FeedbackPairs.Found found, Conversation conversation, Optional<Truth> truth) {
    return truth
        .flatMap(known -> known.worth(found.prompt(), conversation))
        .map(worth -> worth.get(found.preference().facet()));
  }
}
