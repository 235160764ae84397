package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A facet's pairs as a reward model reads them.
 *
 * @param train pairs on prompts of the train split
 * @param watch pairs on prompts of the watch split, held out
 * @param tooLong pairs left out because a reply alone is too long
 * @param identical pairs left out because both texts are the same once cut
 */
public record PairSet(List<RewardPair> train, List<RewardPair> watch, int tooLong, int identical) {

  /** A held-out loss at a temperature that other held-out pairs chose needs one of each. */
  private static final int FEWEST_HELD_OUT = 2;

  /**
   * Reads the pairs and conversations that the feedback stage left.
   *
   * @throws AreteException if a pair's conversation or prompt is missing, or a split has no pairs
   */
  static PairSet read(StageContext context, FacetTexts texts, Facet facet) {
    PairSet set = all(context, texts, facet);
    set.requireEnough(context.folder().preferences(facet));
    return set;
  }

  /**
   * As {@link #read}, however few there are.
   *
   * @throws AreteException if a pair's conversation or prompt is missing
   */
  public static PairSet all(StageContext context, FacetTexts texts, Facet facet) {
    Path file = context.folder().preferences(facet);
    List<PreferencePair> preferences =
        JsonLines.readAppended(file, (line, row) -> Optional.of(PreferencePair.ofJson(row)));
    Maker maker =
        new Maker(
            file,
            conversations(context),
            texts,
            context.recipe().data().truth().map(Truths::named));
    Map<String, Prompt> prompts = context.data().promptsById();
    List<RewardPair> train = new ArrayList<>();
    List<RewardPair> watch = new ArrayList<>();
    int tooLong = 0;
    int identical = 0;
    for (PreferencePair preference : preferences) {
      Prompt prompt = found(prompts.get(preference.promptId()), preference, file, "prompt");
      Optional<RewardPair> pair = maker.pair(preference, prompt);
      if (pair.isEmpty()) {
        tooLong++;
      } else if (Arrays.equals(pair.get().first().ids(), pair.get().second().ids())) {
        identical++;
      } else {
        switch (context.data().splits().of(prompt)) {
          case TRAIN -> train.add(pair.get());
          case WATCH -> watch.add(pair.get());
          case VERDICT -> {} // Of no use here: what judges at the end must not train or select.
        }
      }
    }
    return new PairSet(train, watch, tooLong, identical);
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
  public int cutTexts() {
    return train.stream().mapToInt(RewardPair::cut).sum()
        + watch.stream().mapToInt(RewardPair::cut).sum();
  }

  /** Share of all kept texts that were cut to the longest length. */
  double cutShare() {
    return cutTexts() / (2.0 * (train.size() + watch.size()));
  }

  private void requireEnough(Path file) {
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
              + "; give more prompts, or change data.watch_share or reward.max_length.");
    }
  }

  private static Map<String, Conversation> conversations(StageContext context) {
    Map<String, Conversation> byKey = new HashMap<>();
    JsonLines.readAppended(
            context.folder().conversations(), (line, row) -> Optional.of(Conversation.ofJson(row)))
        .forEach(one -> byKey.put(key(one.promptId(), one.sample()), one));
    return byKey;
  }

  /**
   * Makes pairs of preferences.
   *
   * @param file of the preferences
   * @param conversations by {@link PairSet#key}
   * @param truth who knows which is really better
   */
  private record Maker(
      Path file, Map<String, Conversation> conversations, FacetTexts texts, Optional<Truth> truth) {

    /** Nothing if a reply alone is too long. */
    Optional<RewardPair> pair(PreferencePair preference, Prompt prompt) {
      Conversation first = conversation(preference, prompt, preference.first());
      Conversation second = conversation(preference, prompt, preference.second());
      Optional<FacetText> firstText = texts.text(prompt, first, preference.facet());
      Optional<FacetText> secondText = texts.text(prompt, second, preference.facet());
      if (firstText.isEmpty() || secondText.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new RewardPair(
              preference.id(),
              prompt.id() + " " + preference.first() + " " + preference.second(),
              firstText.get(),
              secondText.get(),
              preference.p(),
              preference.margin(),
              preference.inherited(),
              trueLead(prompt, preference.facet(), first, second)));
    }

    private Conversation conversation(PreferencePair preference, Prompt prompt, int sample) {
      return found(
          conversations.get(key(prompt.id(), sample)), preference, file, "conversation " + sample);
    }

    private OptionalDouble trueLead(
        Prompt prompt, Facet facet, Conversation first, Conversation second) {
      Optional<Double> one =
          truth.flatMap(known -> known.worth(prompt, first)).map(w -> w.get(facet));
      Optional<Double> other =
          truth.flatMap(known -> known.worth(prompt, second)).map(w -> w.get(facet));
      return one.isPresent() && other.isPresent()
          ? OptionalDouble.of(one.get() - other.get())
          : OptionalDouble.empty();
    }
  }

  private static <T> T found(@Nullable T value, PreferencePair pair, Path file, String what) {
    if (value == null) {
      throw new AreteException(
          file
              + ": the pair "
              + pair.id()
              + " needs "
              + what
              + " of prompt "
              + pair.promptId()
              + ", which the run does not have; repeat the feedback stage.");
    }
    return value;
  }

  private static String key(String promptId, int sample) {
    return promptId + " " + sample;
  }
}
