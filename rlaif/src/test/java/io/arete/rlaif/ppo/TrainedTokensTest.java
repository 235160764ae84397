package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.text.Message;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import io.arete.rlaif.ppo.formula.MissingEndPenalty;
import io.arete.rlaif.ppo.formula.PlacedScore;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.TrainedTokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedTokensTest {

  @TempDir static Path folder;
  static PpoFixture tiny;

  private final Prompt prompt = Prompt.of(List.of(Message.user("May I lie?")));
  private final ConversationPieces pieces = tiny.pieces();
  private final int end = tiny.model.encoder().endOfTurnId();

  @BeforeAll
  static void load() {
    tiny = new PpoFixture(folder);
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  /** The action ends its turn; the motivation is cut off. */
  private Conversation conversation() {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    replies.put(Facet.ACTION, new Reply("a", List.of(11, 12, end), Reply.Ended.TURN));
    replies.put(Facet.MOTIVATION, new Reply("m", List.of(21, 22), Reply.Ended.LENGTH));
    replies.put(Facet.CONSEQUENCES, new Reply("c", List.of(31, end), Reply.Ended.TURN));
    return new Conversation(prompt.id(), 0, replies, Conversation.Source.MODEL);
  }

  @Test
  void actionAloneTrainsTheActionAndReadsNothingAfterIt() {
    TrainedTokens tokens =
        TrainedTokens.of(pieces, prompt, conversation(), PpoSection.TrainTurns.ACTION);

    assertThat(tokens.targets()).containsExactly(11, 12, end);
    int start = pieces.prompt(prompt).length;
    assertThat(tokens.places()).containsExactly(start - 1, start, start + 1);
    assertThat(tokens.inputs()).hasSize(start + 2).endsWith(11, 12);
    assertThat(tokens.ends()).containsExactly(Map.entry(Facet.ACTION, 3));
  }

  @Test
  void allTurnsTrainWhatWasSampledNeverAQuestionOrAnAddedEnd() {
    TrainedTokens tokens =
        TrainedTokens.of(pieces, prompt, conversation(), PpoSection.TrainTurns.ALL);

    assertThat(tokens.targets()).containsExactly(11, 12, end, 21, 22, 31, end);
    int[] whole = Arrays.copyOf(tokens.inputs(), tokens.inputs().length + 1);
    whole[whole.length - 1] = end;
    for (int t = 0; t < tokens.count(); t++) {
      assertThat(whole[tokens.places()[t] + 1]).isEqualTo(tokens.targets()[t]);
    }
    // The cut-off motivation is closed for the reader, but that token is not trained.
    int lastOfMotivation = tokens.places()[4] + 1;
    assertThat(whole[lastOfMotivation + 1]).isEqualTo(end);
    assertThat(tokens.places()[5])
        .isEqualTo(lastOfMotivation + 1 + pieces.question(Facet.CONSEQUENCES).length);
    assertThat(tokens.byReply(new double[] {1, 2, 3, 4, 5, 6, 7}))
        .containsExactly(new double[] {1, 2, 3}, new double[] {4, 5}, new double[] {6, 7});
  }

  @Test
  void penaltiesFallOnTheFacetThatWasCutOffOrCannotBeRead() {
    double[] z = {0.5, 2, Double.NaN};
    List<RolloutScore> replaced = score(z, new MissingEndPenalty.Replace(-1));
    List<RolloutScore> charged = score(z, new MissingEndPenalty.Subtract(3));

    assertThat(members(replaced)).containsExactly(0.5, -1.0, -1.0);
    assertThat(members(charged)).containsExactly(0.5, -1.0, -3.0);
    assertThat(replaced.get(0).unreadable()).isEqualTo(1);
  }

  private List<RolloutScore> score(double[] z, MissingEndPenalty penalty) {
    return new RolloutScorer(
            PpoFixture.byFacet((facet, conversation) -> z[facet.ordinal()]),
            penalty,
            new EnsembleRule.Mean())
        .score(List.of(prompt), List.of(conversation()));
  }

  private static Iterable<Double> members(List<RolloutScore> scores) {
    return scores.get(0).ensemble().members().values();
  }

  @Test
  void theScoreLandsAtTheEndOrEachShareAtItsOwnReply() {
    EnsembleScore score =
        new EnsembleScore(
            Map.of(Facet.ACTION, 1.0, Facet.MOTIVATION, 2.0, Facet.CONSEQUENCES, -1.0),
            new EnsembleRule.MeanMinusSd(0.5));
    TrainedTokens tokens =
        TrainedTokens.of(pieces, prompt, conversation(), PpoSection.TrainTurns.ALL);
    Rollout rollout =
        new Rollout(prompt, conversation(), tokens, new double[7], new RolloutScore(score, 0));

    List<PlacedScore> last = placed(rollout, "ppo.credit=last");
    List<PlacedScore> byFacet = placed(rollout, "ppo.credit=facet");

    assertThat(last).containsExactly(new PlacedScore(6, score.value()));
    assertThat(byFacet).extracting(PlacedScore::token).containsExactly(2, 4, 6);
    assertThat(byFacet.stream().mapToDouble(PlacedScore::score).sum())
        .isCloseTo(score.value(), within(1e-12));
  }

  private static List<PlacedScore> placed(Rollout rollout, String credit) {
    return new PpoFormulas(tiny.recipe("ppo.train_turns=all", credit).ppo()).placed(rollout);
  }

  @Test
  void theMemoryOfRepliesKeepsEnoughOldOnesAndEveryNewOne() {
    List<Double> old = RecentReplies.after(List.of(), new double[300]);
    assertThat(old).hasSize(300);
    List<Double> next = RecentReplies.after(old, new double[] {1, 2});
    assertThat(next).hasSize(256).endsWith(1.0, 2.0);
  }

  @Test
  void everyPromptComesOnceALapAndThePlaceInTheRowIsAllThatCounts() {
    List<Prompt> prompts =
        List.of("a", "b", "c").stream().map(t -> Prompt.of(List.of(Message.user(t)))).toList();
    PromptOrder order = new PromptOrder(prompts, io.arete.engine.CountedRandom.of(1));

    List<Prompt> straight = order.take(0, 9);
    assertThat(straight.subList(0, 3)).containsExactlyInAnyOrderElementsOf(prompts);
    assertThat(straight.subList(3, 6)).containsExactlyInAnyOrderElementsOf(prompts);
    assertThat(order.take(4, 5)).isEqualTo(straight.subList(4, 9));
  }
}
