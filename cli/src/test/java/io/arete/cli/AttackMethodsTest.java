package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.attack.method.SteeringJudge;
import io.arete.rlaif.attack.method.Target;
import io.arete.rlaif.attack.party.Manner;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.party.Speech;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** If this breaks, a study's budget is not the one that was asked and paid for. */
class AttackMethodsTest {

  private static final Speaker SILENT =
      new Speaker() {
        @Override
        public List<Optional<String>> say(List<Speech> speeches, Manner manner) {
          return speeches.stream().map(one -> Optional.<String>empty()).toList();
        }

        @Override
        public void close() {}
      };

  private static Map<String, Integer> budget(String... arguments) {
    AttackOptions options = CommandLine.populateCommand(new AttackOptions(), arguments);
    Target target = new Target(SILENT, new Manner(6, 1), Optional.empty());
    return new AttackMethods(
            options,
            CommandSpec.create(),
            Optional.of(new SteeringJudge(SILENT)),
            Optional.of(SILENT))
        .system("target", target)
        .attacks()
        .get(0)
        .budget();
  }

  @Test
  void tapIsAsWideAsItBranchesUnlessItsWidthIsGiven() {
    assertThat(budget("--attacks", "tap", "--branching", "4", "--iterations", "7"))
        .containsEntry("branching", 4)
        .containsEntry("width", 4)
        .containsEntry("depth", 7)
        .containsEntry("streams", 1);
    assertThat(budget("--attacks", "tap", "--branching", "4", "--width", "10"))
        .containsEntry("branching", 4)
        .containsEntry("width", 10);
  }

  @Test
  void theOtherAttacksTryAsOftenAsWasAsked() {
    assertThat(budget("--attacks", "pair", "--streams", "20", "--iterations", "3"))
        .containsEntry("streams", 20)
        .containsEntry("branching", 1)
        .containsEntry("depth", 3);
    assertThat(budget("--attacks", "best-of", "--tries", "9")).containsOnly(Map.entry("tries", 9));
    assertThat(budget("--attacks", "direct")).containsOnly(Map.entry("tries", 1));
  }
}
