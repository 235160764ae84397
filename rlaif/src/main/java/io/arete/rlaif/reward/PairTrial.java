package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reward models tried on pairs that someone has: as text each reads the prompt and one reply, up to
 * the end of its turn.
 */
public final class PairTrial {

  private final ChatModel base;
  private final FacetTexts texts;
  private final StageListener listener;

  /**
   * A trial.
   *
   * @param base that adapters stand on; borrowed
   * @param maxLength most tokens of a text; a longer prompt is cut from its left
   * @throws AreteException if the base cannot read that many
   */
  public PairTrial(ChatModel base, int maxLength, StageListener listener) {
    int most = base.decoder().config().maxPositions();
    if (maxLength > most) {
      throw new AreteException(
          "--max-length is "
              + maxLength
              + " but the base reads at most "
              + most
              + " tokens; lower it.");
    }
    Constitution plain = Constitution.load("box:virtues");
    this.base = base;
    this.texts = new FacetTexts(new ConversationPieces(base.encoder(), plain), plain, maxLength);
    this.listener = listener;
  }

  /** A pair of which is known which reply is better. */
  public record Given(String id, Prompt prompt, String chosen, String rejected) {}

  /**
   * Tries models.
   *
   * @param folders reward models of that base, each once
   * @return counts; what evaluation.json says of held-out pairs, for each model; with several, how
   *     far they say the same, here and on the held-out pairs of their run
   * @throws AreteException if fewer than two pairs can be read, or a folder holds no reward model
   */
  public ObjectNode run(List<Path> folders, List<Given> given) {
    List<RewardPair> pairs = new ArrayList<>();
    int tooLong = 0;
    int identical = 0;
    for (Given one : given) {
      Optional<RewardPair> pair = pair(one);
      if (pair.isEmpty()) {
        tooLong++;
      } else if (Arrays.equals(pair.get().first().ids(), pair.get().second().ids())) {
        identical++;
      } else {
        pairs.add(pair.get());
      }
    }
    requireTwo(pairs.size(), given.size(), tooLong, identical);
    ObjectNode report =
        JsonNodeFactory.instance
            .objectNode()
            .put("pairs", pairs.size())
            .put("dropped_too_long", tooLong)
            .put("dropped_identical", identical)
            .put(
                "cut_share", pairs.stream().mapToInt(RewardPair::cut).sum() / (2.0 * pairs.size()));
    Map<Path, double[]> scores = scores(folders, pairs);
    ObjectNode models = report.putObject("models");
    scores.forEach(
        (folder, own) ->
            models.set(
                folder.toString(), HeldOutReport.of(new ReadPairs(pairs, own), VirtueVotes.NONE)));
    together(report, pairs, scores);
    return report;
  }

  private static void requireTwo(int left, int all, int tooLong, int identical) {
    if (left < 2) {
      throw new AreteException(
          "Only "
              + left
              + " of "
              + all
              + " pairs can be compared, but 2 are needed ("
              + tooLong
              + " have a reply that is too long, "
              + identical
              + " are identical after the cut); give more pairs, or raise --max-length.");
    }
  }

  private Optional<RewardPair> pair(Given given) {
    Optional<FacetText> chosen = text(given, given.chosen());
    Optional<FacetText> rejected = text(given, given.rejected());
    return chosen.isEmpty() || rejected.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RewardPair(
                given.id(),
                given.prompt(),
                given.id(),
                chosen.get(),
                rejected.get(),
                1,
                0,
                false,
                OptionalDouble.empty()));
  }

  private Optional<FacetText> text(Given given, String words) {
    List<Integer> ids = Arrays.stream(base.encoder().replyIds(words)).boxed().toList();
    Reply reply = new Reply(words, ids, Reply.Ended.TURN);
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, reply);
    }
    return texts.text(
        given.prompt(),
        new Conversation(given.prompt().id(), 0, replies, Conversation.Source.HUMAN),
        Facet.ACTION);
  }

  private Map<Path, double[]> scores(List<Path> folders, List<RewardPair> pairs) {
    List<FacetText> read = pairs.stream().flatMap(pair -> pair.texts().stream()).toList();
    listener.begin("scores of the pairs", "texts", (long) read.size() * folders.size());
    Map<Path, double[]> scores = new LinkedHashMap<>();
    for (Path folder : folders) {
      try (FacetRewardModels model =
          new FacetRewardModels(base.decoder(), texts, Map.of(Facet.ACTION, folder))) {
        scores.put(folder, model.score(read, listener::advance));
      }
    }
    return scores;
  }

  /** What is only known of several models whose scores have one scale. */
  private static void together(
      ObjectNode report, List<RewardPair> pairs, Map<Path, double[]> scores) {
    boolean normalised =
        scores.keySet().stream()
            .allMatch(folder -> Files.exists(folder.resolve(NormalizationFile.NAME)));
    if (scores.size() < 2 || !normalised) {
      return;
    }
    Map<String, HeldOutScores> here = new LinkedHashMap<>();
    scores.forEach(
        (folder, own) ->
            here.put(
                folder.toString(),
                HeldOutScores.of(new ReadPairs(pairs, own), NormalizationFile.read(folder))));
    report.setAll(MemberReport.correlations(here));
    MemberReport.disagreement(List.copyOf(here.values()))
        .ifPresent(found -> report.set("disagreement", found));
    boolean known =
        scores.keySet().stream()
            .allMatch(folder -> Files.exists(folder.resolve(RewardEvaluation.PAIRS)));
    if (known) {
      MemberReport.disagreement(scores.keySet().stream().map(HeldOutScores::read).toList())
          .ifPresent(found -> report.set("disagreement_held_out", found));
    }
  }
}
