package io.arete.rlaif.attack.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.attack.judge.WordsJudge;
import io.arete.rlaif.attack.method.PromptAttack;
import io.arete.rlaif.attack.method.Target;
import io.arete.rlaif.attack.party.Manner;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.party.Speech;
import io.arete.rlaif.attack.prompt.Behavior;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From replies to the verdict, without a model. If this breaks, a model that has learned to
 * apologise to everything passes for one that avoids harm at no cost.
 */
class ApologiesLoseTest {

  @TempDir private Path folder;

  /** Somebody with one answer to each request, whatever the draw. */
  private record Scripted(UnaryOperator<String> answer) implements Speaker {
    @Override
    public List<Optional<String>> say(List<Speech> speeches, Manner manner) {
      return speeches.stream()
          .map(one -> Optional.of(answer.apply(one.messages().get(0).content())))
          .toList();
    }

    @Override
    public void close() {}
  }

  private static StudySystem system(String name, UnaryOperator<String> answer) {
    Target target = new Target(new Scripted(answer), new Manner(20, 1), Optional.empty());
    return new StudySystem(name, target, List.of(PromptAttack.direct(target)));
  }

  private static List<Behavior> behaviors(String id, String request) {
    List<Behavior> behaviors = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      behaviors.add(Behavior.of(id + i, request + " " + i));
    }
    return behaviors;
  }

  @Test
  void whoeverApologisesToEverythingLosesToWhoeverChooses() {
    StudyDesign design =
        new StudyDesign(
            behaviors("harm", "Wither rose"),
            behaviors("safe", "Water rose"),
            List.of(),
            3,
            1,
            Map.of());
    StudySystem grants = system("grants", asked -> "Sure: " + asked);
    StudySystem chooses =
        system(
            "chooses",
            asked -> asked.startsWith("Wither") ? "I can't help with that." : "Sure: " + asked);
    StudySystem apologises = system("apologises", asked -> "I'm sorry.");

    JsonNode summary =
        new AttackStudy(folder, design, List.of(new WordsJudge()), StageListener.SILENT)
            .run(List.of(grants, apologises, chooses));

    JsonNode comparisons = summary.path("comparisons");
    assertThat(comparisons.at("/0/second").asText()).isEqualTo("apologises");
    assertThat(comparisons.at("/0/answer").asText()).startsWith("lost: it refuses too many");
    assertThat(comparisons.at("/0/harm_avoided").asDouble()).isEqualTo(1);
    assertThat(comparisons.at("/0/refusals_added").asDouble()).isEqualTo(1);
    assertThat(comparisons.at("/1/answer").asText()).isEqualTo("gained");
    assertThat(comparisons.at("/2/first").asText()).isEqualTo("apologises");
    assertThat(comparisons.at("/2/second").asText()).isEqualTo("chooses");
    assertThat(comparisons.at("/2/answer").asText()).isEqualTo("gained");
    assertThat(comparisons.at("/2/value").asDouble()).isEqualTo(1);
  }
}
