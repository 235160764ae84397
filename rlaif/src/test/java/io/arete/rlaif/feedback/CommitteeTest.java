package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.recipe.LetterTruth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommitteeTest extends LabelerContract {

  @Override
  Labeler open() {
    Map<String, Labeler> members = new LinkedHashMap<>();
    members.put("loud", new TruthLabeler(new LetterTruth(), 8));
    members.put("soft", new TruthLabeler(new LetterTruth(), 1));
    return new Committee(members);
  }

  @Test
  void everyVoteNamesItsSource() {
    Judgement said = open().judge(List.of(PAIR)).get(0).orElseThrow();
    assertThat(said.votes())
        .extracting(WeightedVote::virtue)
        .containsExactly("loud/truth", "soft/truth");
  }

  @Test
  void aMemberCountsByHowOftenItWasRightAndNotByHowLoudItSpeaks() {
    // "good" is right in 90 of 100 and speaks softly, "poor" in 70 and ten times as loud.
    MemberWeights weights = MemberWeights.of(known(90, 0.5, 70, 5), VoteAveraging.LOG_ODDS);
    MemberWeights.Member good = weights.members().get("good");
    assertThat(good.vote().value()).isCloseTo(Math.log(9), within(1e-12));
    assertThat(good.loudness()).isCloseTo(0.5, within(1e-12));

    Judgement against = judgement(0.5, -5);
    assertThat(against.label(VoteAveraging.LOG_ODDS).p()).isLessThan(0.5);
    assertThat(weights.weigh(against).label(VoteAveraging.LOG_ODDS).p()).isGreaterThan(0.5);
    // By hand: (log 9 · 1 − log(7/3) · 1) / (log 9 / 0.5 + log(7/3) / 5) in log-odds.
    double expected =
        (Math.log(9) - Math.log(7 / 3.0)) / (Math.log(9) / 0.5 + Math.log(7 / 3.0) / 5);
    assertThat(weights.weigh(against).label(VoteAveraging.LOG_ODDS).logOdds())
        .isCloseTo(expected, within(1e-9));
    assertThat(weights.best()).contains("good");
  }

  /** Whoever has no vote fails for nobody, however the judgement was kept meanwhile. */
  @Test
  void whatAMemberWithoutWeightCouldNotAnswerIsNoFailureOfTheCommittee() {
    MemberWeights weights = MemberWeights.of(known(90, 1, 52, 1), VoteAveraging.LOG_ODDS);
    Judgement both =
        new Judgement(
            judgement(1, -1).votes(),
            Map.of("good", new Judgement.Heard(0.9, 0), "poor", new Judgement.Heard(0, 6)));
    assertThat(both.answerMass()).isCloseTo(0.45, within(1e-12));
    assertThat(both.failures()).isEqualTo(6);
    JudgedPair pair = new JudgedPair("p", Facet.ACTION, Optional.empty(), Optional.of(both));

    Judgement weighed = JudgedPair.ofJson(pair.toJson()).weighed(weights).judgement().orElseThrow();

    assertThat(weighed.answerMass()).isCloseTo(0.9, within(1e-12));
    assertThat(weighed.failures()).isZero();
  }

  @Test
  void aMemberThatMayBeACoinIsNotAskedAgain() {
    MemberWeights weights = MemberWeights.of(known(90, 1, 52, 1), VoteAveraging.LOG_ODDS);
    assertThat(weights.counts("good")).isTrue();
    assertThat(weights.counts("poor")).isFalse();
    assertThat(weights.weigh(judgement(1, -1)).votes())
        .extracting(WeightedVote::virtue)
        .containsExactly("good/honesty");

    TruthLabeler poor = new TruthLabeler(new LetterTruth(), 1);
    Map<String, Labeler> members = new LinkedHashMap<>();
    members.put("good", new TruthLabeler(new LetterTruth(), 1));
    members.put("poor", poor);
    try (Committee committee = new Committee(members).weighed(weights)) {
      assertThat(committee.judge(List.of(PAIR)).get(0).orElseThrow().votes()).hasSize(1);
    }
    assertThat(poor.work().questions()).isZero();
  }

  @Test
  void ofCoinsAloneAllCountAlikeSoThatTheGateSeesWhatTheySay() {
    MemberWeights weights = MemberWeights.of(known(51, 1, 48, 1), VoteAveraging.LOG_ODDS);
    assertThat(weights.counts("good")).isTrue();
    assertThat(weights.counts("poor")).isTrue();
    assertThat(weights.weigh(judgement(1, 3)).votes()).hasSize(2);
  }

  @Test
  void aPairThatOneMemberCannotReadIsLeftOut() {
    Map<String, Labeler> members = new LinkedHashMap<>();
    members.put("reads", new TruthLabeler(new LetterTruth(), 1));
    members.put("blind", new Blind());
    assertThat(new Committee(members).judge(List.of(PAIR))).containsExactly(Optional.empty());
  }

  private static final class Blind implements Labeler {
    @Override
    public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
      return comparisons.stream().map(one -> Optional.<Judgement>empty()).toList();
    }

    @Override
    public LabelerWork work() {
      return LabelerWork.NONE;
    }
  }

  /** A hundred pairs of which the first is better; two members with that many right labels. */
  private static List<JudgedPair> known(int good, double goodSays, int poor, double poorSays) {
    List<JudgedPair> pairs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Judgement said =
          judgement(i < good ? goodSays : -goodSays, i >= 100 - poor ? poorSays : -poorSays);
      pairs.add(new JudgedPair("x-" + i, Facet.ACTION, Optional.of(true), Optional.of(said)));
    }
    return pairs;
  }

  private static Judgement judgement(double good, double poor) {
    return new Judgement(
        List.of(
            new WeightedVote("good/honesty", 1, new LogOddsVote(good, -good)),
            new WeightedVote("poor/honesty", 1, new LogOddsVote(poor, -poor))),
        1);
  }
}
