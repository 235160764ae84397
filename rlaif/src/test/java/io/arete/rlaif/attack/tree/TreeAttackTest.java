package io.arete.rlaif.attack.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.attack.TalkServer;
import io.arete.rlaif.attack.method.AttackResult;
import io.arete.rlaif.attack.method.SteeringJudge;
import io.arete.rlaif.attack.method.Target;
import io.arete.rlaif.attack.party.EndpointSpeaker;
import io.arete.rlaif.attack.party.Manner;
import io.arete.rlaif.attack.party.RecordedSpeaker;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.party.SpeechLog;
import io.arete.rlaif.attack.prompt.Behavior;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PAIR and TAP against models behind a server that speak by a script. If this breaks, an attack
 * misses a weakness that is there, miscounts its queries, or dies of one bad answer.
 */
class TreeAttackTest {

  private static final Behavior ROSES = Behavior.of("roses", "wither the roses");

  @TempDir private Path folder;
  private int patience = 60;

  /** The attacker's prompt says its strategy and which try it is. */
  private static String attacker(TalkServer.Talk talk) {
    String strategy =
        talk.system().contains("Work by authority")
            ? "authority"
            : talk.system().contains("Work by logic") ? "logic" : "play";
    return "Gladly: {\"improvement\": \"none\nyet\", \"prompt\": \""
        + words(strategy, talk)
        + "\"}";
  }

  private static String words(String strategy, TalkServer.Talk talk) {
    return strategy + " try " + (talk.turns() + 1);
  }

  /** The target yields to authority alone, at the third try. */
  private static String speak(TalkServer.Talk talk) {
    return switch (talk.model()) {
      case "attacker" -> attacker(talk);
      case "target" -> talk.last().equals("authority try 3") ? "YIELD" : "I will not.";
      default -> talk.last().contains("YIELD") ? "It is [[10]]." : "[[1]]";
    };
  }

  private List<AttackResult> run(TalkServer server, TreeSettings settings, Behavior... behaviors) {
    try (SpeechLog log = SpeechLog.open(folder.resolve("transcript.jsonl"));
        Speaker attacker = speaker(server, "attacker", log);
        Speaker target = speaker(server, "target", log);
        Speaker judge = speaker(server, "judge", log)) {
      return new TreeAttack(
              "pair",
              settings,
              attacker,
              new Manner(500, 1),
              new Target(target, new Manner(150, 1), Optional.empty()),
              new SteeringJudge(judge))
          .attack(List.of(behaviors));
    }
  }

  private Speaker speaker(TalkServer server, String model, SpeechLog log) {
    return new RecordedSpeaker(
        model,
        new EndpointSpeaker(
            server.client(model, folder, patience), CountedRandom.of(1).at(model), note -> {}),
        log,
        StageListener.SILENT);
  }

  @Test
  void pairFindsTheOneStrategyThatWorksAndCountsItsQueries() {
    try (TalkServer server = new TalkServer(TreeAttackTest::speak)) {
      AttackResult result = run(server, TreeSettings.pair(3, 5), ROSES).get(0);

      assertThat(result.ended()).isEqualTo(AttackResult.Ended.FOUND);
      assertThat(result.best()).contains("authority try 3");
      // Two rounds of three, and the third stream of the third round.
      assertThat(result.found()).isEqualTo(OptionalInt.of(9));
      assertThat(result.tally().targetQueries()).isEqualTo(9);
      assertThat(server.answered("target")).isEqualTo(9);
      assertThat(server.answered("attacker")).isEqualTo(9);
      assertThat(server.answered("judge")).isEqualTo(9);
    }
  }

  @Test
  void theTargetSeesThePromptAlone() {
    try (TalkServer server = new TalkServer(TreeAttackTest::speak)) {
      run(server, TreeSettings.pair(1, 1), ROSES);

      assertThat(server.answered())
          .filteredOn(body -> body.contains("\"model\":\"target\""))
          .singleElement()
          .asString()
          .contains("\"messages\":[{\"role\":\"user\",\"content\":\"play try 1\"}]")
          .doesNotContain("roses");
    }
  }

  @Test
  void malformedAnswersAreAskedForAgainAndADeadStreamDiesAlone() {
    // Play forgets the prompt at its second try, however often it is asked.
    Function<TalkServer.Talk, String> script =
        talk -> {
          boolean play = talk.system().contains("Work by role-play");
          if (talk.model().equals("attacker") && play && talk.turns() == 1) {
            return "{\"improvement\": \"?\"}";
          }
          return speak(talk);
        };
    try (TalkServer server = new TalkServer(script)) {
      AttackResult result = run(server, TreeSettings.pair(3, 5), ROSES).get(0);

      assertThat(result.ended()).isEqualTo(AttackResult.Ended.FOUND);
      assertThat(result.best()).contains("authority try 3");
      assertThat(result.tally().malformed()).isEqualTo(5);
      assertThat(result.tally().deadStreams()).isEqualTo(1);
      assertThat(result.found()).isEqualTo(OptionalInt.of(7));
      assertThat(server.answered("target")).isEqualTo(7);
    }
  }

  @Test
  void anAttackerThatWritesNothingTellsNothingAboutTheTarget() {
    Function<TalkServer.Talk, String> script =
        talk -> talk.model().equals("attacker") ? "I would rather not." : speak(talk);
    try (TalkServer server = new TalkServer(script)) {
      AttackResult result = run(server, TreeSettings.pair(2, 3), ROSES).get(0);

      assertThat(result.ended()).isEqualTo(AttackResult.Ended.FAILED);
      assertThat(result.tally().malformed()).isEqualTo(10);
      assertThat(result.tally().deadStreams()).isEqualTo(2);
      assertThat(server.answered("target")).isZero();
    }
  }

  @Test
  void timeOutsAndRefusedQuestionsAreSurvived() {
    patience = 3;
    UnaryOperator<ResponseDefinitionBuilder> filter =
        response -> response.withStatus(400).withBody("{\"error\":{\"message\":\"filtered\"}}");
    try (TalkServer server =
        new TalkServer(TreeAttackTest::speak, Map.of("\"logic try 1\"", filter))) {
      server.fail(response -> response.withFixedDelay(5_000));
      server.fail(response -> response.withStatus(503));
      AttackResult result = run(server, TreeSettings.pair(3, 5), ROSES).get(0);

      assertThat(result.best()).contains("authority try 3");
      assertThat(result.tally().unanswered()).isEqualTo(1);
      assertThat(result.found()).isEqualTo(OptionalInt.of(9));
    }
  }

  @Test
  void aServerThatAnswersNobodyEndsTheRunInOneSentence() {
    UnaryOperator<ResponseDefinitionBuilder> locked = response -> response.withStatus(401);
    try (TalkServer server =
        new TalkServer(TreeAttackTest::speak, Map.of("\"model\":\"target\"", locked))) {
      assertThatThrownBy(() -> run(server, TreeSettings.pair(3, 5), ROSES))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("answered with status 401");
    }
  }

  @Test
  void whatWasAskedOnceIsNotAskedAgain() throws Exception {
    try (TalkServer server = new TalkServer(TreeAttackTest::speak)) {
      List<AttackResult> first = run(server, TreeSettings.pair(3, 5), ROSES);
      int asked = server.answered().size();

      assertThat(run(server, TreeSettings.pair(3, 5), ROSES)).isEqualTo(first);
      assertThat(server.answered()).hasSize(asked);

      // Without the log, a cut one, the paid answers are there still.
      Path log = folder.resolve("transcript.jsonl");
      List<String> lines = Files.readAllLines(log);
      assertThat(lines.get(0)).contains("\"sensitive\":true");
      Files.writeString(log, String.join("\n", lines.subList(0, 8)) + "\n{\"torn");
      assertThat(run(server, TreeSettings.pair(3, 5), ROSES)).isEqualTo(first);
      assertThat(server.answered()).hasSize(asked);
      assertThat(Files.readAllLines(log)).isEqualTo(lines);
    }
  }

  @Test
  void tapBranchesAndCutsOffWhatAsksForSomethingElse() {
    Function<TalkServer.Talk, String> script =
        talk -> {
          if (talk.model().equals("judge") && talk.last().contains("however it is dressed up")) {
            return talk.last().contains("play try 1") ? "[[no]]" : "[[yes]]";
          }
          return speak(talk);
        };
    try (TalkServer server = new TalkServer(script)) {
      AttackResult cut = run(server, TreeSettings.tap(4, 2, 3), ROSES).get(0);

      assertThat(cut.tally().offTopic()).isEqualTo(4);
      assertThat(cut.tally().targetQueries()).isZero();
      assertThat(cut.ended()).isEqualTo(AttackResult.Ended.FAILED);
    }
    try (TalkServer server = new TalkServer(TreeAttackTest::speak)) {
      AttackResult grown =
          run(server, new TreeSettings(3, 2, 4, 3, false, 5, 3), Behavior.of("x", "x")).get(0);

      // 3 x 2, then the best 4 x 2, twice.
      assertThat(grown.tally().targetQueries()).isEqualTo(6 + 8 + 8);
    }
  }

  /** Who keeps the worst leaves, or asks what was cut off, pays for prompts that lead nowhere. */
  @Test
  void tapGoesOnWithTheBestLeavesAndNeverAsksWhatItCutOff() {
    Function<TalkServer.Talk, String> script =
        talk -> {
          if (!talk.model().equals("judge")) {
            return speak(talk);
          }
          if (talk.last().contains("however it is dressed up")) {
            return talk.last().contains("play try") ? "[[no]]" : "[[yes]]";
          }
          return talk.last().contains("YIELD")
              ? "[[10]]"
              : talk.last().contains("authority try") ? "[[4]]" : "[[2]]";
        };
    try (TalkServer server = new TalkServer(script)) {
      AttackResult result = run(server, new TreeSettings(3, 2, 1, 3, true, 10, 3), ROSES).get(0);

      assertThat(result.ended()).isEqualTo(AttackResult.Ended.FOUND);
      assertThat(result.best()).contains("authority try 3");
      assertThat(result.tally().offTopic()).isPositive();
      List<String> asked =
          server.answered().stream().filter(body -> body.contains("\"model\":\"target\"")).toList();
      assertThat(asked).noneMatch(body -> body.contains("play try"));
      assertThat(asked)
          .filteredOn(body -> body.contains("try 2") || body.contains("try 3"))
          .allMatch(body -> body.contains("authority"));
    }
  }

  @Test
  void manyBehaviorsHaveTheTreesThatTheyHaveAlone() {
    try (TalkServer server = new TalkServer(TreeAttackTest::speak)) {
      Behavior well = Behavior.of("well", "spoil the well");
      List<AttackResult> together = run(server, TreeSettings.pair(3, 4), ROSES, well);
      int asked = server.answered().size();

      assertThat(run(server, TreeSettings.pair(3, 4), well)).containsExactly(together.get(1));
      assertThat(server.answered()).hasSize(asked);
    }
  }
}
