package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.TinyChatModel;
import io.arete.rlaif.data.ConstitutionText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConstitutionCommandTest {

  @TempDir Path folder;

  @Test
  void whatIsShownCanBeValidated() throws IOException {
    for (String name : ConstitutionText.inTheBox()) {
      CommandRun shown = CommandRun.of("", "constitution", "show", name);
      Path copy = Files.writeString(folder.resolve(name + ".yaml"), shown.output());

      CommandRun valid = CommandRun.of("", "constitution", "validate", copy.toString());

      assertThat(valid.code()).isEqualTo(ExitCode.DONE);
      assertThat(valid.output()).contains(" is valid.");
      assertThat(CommandRun.of("", "constitution", "show", "--json", copy.toString()).output())
          .isEqualTo(CommandRun.of("", "constitution", "show", "--json", "box:" + name).output());
    }
  }

  @Test
  void theBoxIsListedForPeopleAndScripts() throws IOException {
    assertThat(CommandRun.of("", "constitution", "list").output())
        .contains("cardinal       prudence, justice, temperance, fortitude");

    JsonNode all =
        new ObjectMapper().readTree(CommandRun.of("", "constitution", "list", "--json").output());

    assertThat(all).hasSize(ConstitutionText.inTheBox().size());
    assertThat(all.get(0).path("place").asText()).isEqualTo("box:virtues");
    assertThat(all.get(0).path("virtues")).hasSize(6);
  }

  @Test
  void allFaultsOfAFileComeAtOnceWithExitCodeOne() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "name: mine\nvirtue: {}\n");

    CommandRun run = CommandRun.of("", "constitution", "validate", file.toString());

    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages())
        .contains("unknown key virtue;")
        .contains("judge is missing")
        .contains("questions is missing");
    assertThat(run.output()).isEmpty();
  }

  @Test
  void wrongUsageEndsWithTwoAndAnUnknownNameIsTold() {
    assertThat(CommandRun.of("", "constitution").code()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("", "constitution", "validate").code()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("", "constitution", "attack", "virtues").code())
        .isEqualTo(ExitCode.USAGE);
    CommandRun run = CommandRun.of("", "constitution", "show", "box:vices");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("box:virtues");
  }

  @Test
  void anAttackIsCountedAndRepeatsItself() throws IOException {
    Path model = TinyChatModel.write(folder.resolve("model"), 5);
    Object[] words = {
      "constitution",
      "attack",
      "harmlessness",
      "--model",
      model.toString(),
      "--count",
      "6",
      "--json"
    };

    CommandRun run = CommandRun.of("", words);

    JsonNode figures = new ObjectMapper().readTree(run.output());
    assertThat(figures.path("trials").asInt() + figures.path("left_out").asInt()).isEqualTo(6);
    assertThat(figures.path("mean_log_odds_before").asDouble()).isNotPositive();
    assertThat(figures.path("hostile").path("flips").isObject()).isTrue();
    assertThat(CommandRun.of("", words).output()).isEqualTo(run.output());
  }
}
