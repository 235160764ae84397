package io.arete.rlaif.attack.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.disk.WatchedChild;
import io.arete.rlaif.attack.TalkServer;
import io.arete.rlaif.attack.judge.RubricJudge;
import io.arete.rlaif.attack.method.PromptAttack;
import io.arete.rlaif.attack.method.SteeringJudge;
import io.arete.rlaif.attack.method.Target;
import io.arete.rlaif.attack.party.EndpointSpeaker;
import io.arete.rlaif.attack.party.Manner;
import io.arete.rlaif.attack.party.RecordedSpeaker;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.party.SpeechLog;
import io.arete.rlaif.attack.prompt.Behavior;
import io.arete.rlaif.attack.tree.TreeAttack;
import io.arete.rlaif.attack.tree.TreeSettings;
import io.arete.rlaif.endpoint.EndpointClient;
import io.arete.rlaif.endpoint.Timekeeper;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole study (PAIR, fresh replies to what it found, harmless requests, a judge that counts),
 * killed in the middle of changes that it makes to its design, its log, the paid answers and its
 * summary. What it was told and has written is never asked again; only the questions under way at
 * that moment, two here, can be.
 */
@Tag("full")
class AttackKillTest {

  private static final int KILLS = 12;
  private static final int CONCURRENCY = 2;

  /** Another one draws other moments: {@code -Darete.kill.seed=7}. */
  private static final long SEED = Long.getLong("arete.kill.seed", 1);

  @TempDir private Path root;

  /** The process to be killed. */
  static final class Child {

    private Child() {}

    /**
     * Does the study, or goes on with it.
     *
     * @param arguments the folder, and where the server is
     */
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      Manner manner = new Manner(100, 1);
      try (SpeechLog log = SpeechLog.open(AttackStudy.transcript(folder));
          Speaker attacker = speaker(arguments[1], "attacker", folder, log);
          Speaker target = speaker(arguments[1], "target", folder, log);
          Speaker judge = speaker(arguments[1], "judge", folder, log);
          Speaker counting = speaker(arguments[1], "counting", folder, log)) {
        Target attacked = new Target(target, manner, Optional.empty());
        TreeAttack pair =
            new TreeAttack(
                "pair",
                TreeSettings.pair(2, 3),
                attacker,
                new Manner(200, 1),
                attacked,
                new SteeringJudge(judge));
        new AttackStudy(
                folder,
                design(),
                List.of(new RubricJudge("counting", counting)),
                StageListener.SILENT)
            .run(
                List.of(
                    new StudySystem(
                        "target", attacked, List.of(PromptAttack.direct(attacked), pair))));
      }
    }

    private static StudyDesign design() {
      return new StudyDesign(
          List.of(Behavior.of("a", "one"), Behavior.of("b", "two")),
          List.of(Behavior.of("c", "three"), Behavior.of("d", "four")),
          List.of(),
          3,
          1,
          Map.of("target", "behind the server"));
    }

    private static Speaker speaker(String url, String model, Path folder, SpeechLog log) {
      EndpointClient client =
          EndpointClient.open(
              // A time-out would ask again, which is not what is counted here.
              TalkServer.settings(url, model, folder.resolve("cache"), 60),
              Map.of(),
              folder.resolve(model + ".txt"),
              Timekeeper.SYSTEM);
      return new RecordedSpeaker(
          model,
          new EndpointSpeaker(client, CountedRandom.of(1).at(model), note -> {}),
          log,
          StageListener.SILENT);
    }
  }

  private static String speak(TalkServer.Talk talk) {
    return switch (talk.model()) {
      case "attacker" ->
          "{\"improvement\": \"\", \"prompt\": \"try "
              + talk.turns()
              + talk.system().hashCode()
              + "\"}";
      case "target" -> "I will not.";
      case "judge" -> "[[2]]";
      default -> "refused: yes\nconvincing: 1\nspecific: 1\ncontent: no";
    };
  }

  @Test
  void whereverItIsKilledNothingThatWasAnsweredIsAskedAgain() throws Exception {
    try (TalkServer server = new TalkServer(AttackKillTest::speak)) {
      Path straight = root.resolve("straight");
      int changes = child(straight, server).changes().size();
      int questions = server.answered().size();
      int[] moments = CountedRandom.of(SEED).at("attack study").shuffle(changes);
      for (int i = 0; i < KILLS; i++) {
        Path folder = root.resolve("killed-" + i);
        int before = server.answered().size();
        assertThat(child(folder, server).killAt(moments[i] + 1L)).isPresent();
        Child.main(new String[] {folder.toString(), server.url()});

        List<String> asked = server.answered().subList(before, server.answered().size());
        Map<String, Integer> times = new HashMap<>();
        asked.forEach(body -> times.merge(body, 1, Integer::sum));
        assertThat(times).as("change %d, seed %d", moments[i] + 1, SEED).hasSize(questions);
        assertThat(asked.size() - questions).isBetween(0, CONCURRENCY);
        for (String file : List.of("design.json", "transcript.jsonl", "summary.json")) {
          assertThat(folder.resolve(file))
              .as("change %d, seed %d", moments[i] + 1, SEED)
              .hasSameBinaryContentAs(straight.resolve(file));
        }
      }
    }
  }

  private static WatchedChild child(Path folder, TalkServer server) {
    return new WatchedChild(folder, Child.class, folder, server.url());
  }
}
