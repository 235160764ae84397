package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.TinyChatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

  @TempDir private Path folder;

  @Test
  void twoFoldersWithAndWithoutRulesAreJudgedAgainstTheFirst() throws IOException {
    Path mine = TinyChatModel.write(folder.resolve("mine"), 3);
    Path theirs = TinyChatModel.write(folder.resolve("theirs"), 4);
    Path rules = Files.writeString(folder.resolve("rules.txt"), "Be good.\n");
    CommandRun run =
        contest("mine=" + mine + ",theirs=" + theirs, theirs, "--rules", rules, "--json");
    assertThat(run.code()).as(run.messages()).isEqualTo(ExitCode.DONE);
    JsonNode summary = run.lines().get(0);
    assertThat(summary.path("against").asText()).isEqualTo("mine");
    assertThat(summary.path("n").asInt()).isEqualTo(2);
    List<String> names = new ArrayList<>();
    summary.path("judge").path("systems").fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactly("mine+rules", "theirs", "theirs+rules");
    assertThat(folder.resolve("prompts-contest/talks/theirs+rules.jsonl"))
        .content()
        .hasLineCount(4)
        .doesNotContain("Be good");
    byte[] before = Files.readAllBytes(folder.resolve("prompts-contest/summary.json"));

    CommandRun again = contest("mine=" + mine + ",theirs=" + theirs, theirs, "--rules", rules);
    assertThat(again.output())
        .contains("all differences are from mine", "theirs+rules wins (95 %)", "actions of");
    assertThat(Files.readAllBytes(folder.resolve("prompts-contest/summary.json")))
        .isEqualTo(before);
  }

  @Test
  void wrongUseIsToldBeforeAnythingIsDone() throws IOException {
    assertWrong("RECIPE or --systems is missing.");
    assertWrong("Say either RECIPE or --systems", "r.yaml", "--systems", "a=b,c=d");
    assertWrong("--judge is for --systems", "r.yaml", "--judge", "local:x");
    assertWrong("--endpoint-model is for --systems", "r.yaml", "--endpoint-model", "m");
    assertWrong("--seed, --dtype are for --systems", "r.yaml", "--seed", 2, "--dtype", "bfloat16");
    assertWrong("--dry-run is for RECIPE", "--systems", "a=b,c=d", "--dry-run");
    assertWrong("--prompts FILE is missing", "--systems", "a=b,c=d");
    assertWrong("--rewards RUN or --judge L", "--systems", "a=b", "--prompts", "p.jsonl");
    Path model = TinyChatModel.write(folder.resolve("model"), 3);
    assertThat(contest("a=" + folder.resolve("none"), model).messages())
        .contains("The system a is", "where there is no folder");
    assertThat(contest("nonsense", model).messages())
        .contains("must be NAME=FOLDER or NAME=endpoint:URL#MODEL");
    assertThat(contest("a=" + model, model).messages()).contains("needs at least 2");
    assertThat(folder.resolve("prompts-contest")).doesNotExist();
  }

  /** Else each of the servers could use the key at the other. */
  @Test
  void aKeyGoesToOneServerOnly() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "sk-secret\n");
    String systems = "a=endpoint:https://one.example/v1#m,b=endpoint:https://two.example/v1#m";
    CommandRun run =
        contest(systems, TinyChatModel.write(folder.resolve("m"), 3), "--endpoint-key-file", key);

    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages())
        .contains("would go to https://one.example:443 and https://two.example:443")
        .doesNotContain("secret");
    assertThat(folder.resolve("prompts-contest")).doesNotExist();
  }

  private CommandRun contest(String systems, Path judge, Object... more) throws IOException {
    Path prompts =
        Files.writeString(
            folder.resolve("prompts.jsonl"), "{\"prompt\": \"One?\"}\n{\"prompt\": \"Two?\"}\n");
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--systems",
                systems,
                "--prompts",
                prompts,
                "--judge",
                "local:" + judge,
                "--max-new-tokens",
                5,
                "--bootstrap",
                100,
                "--quiet"));
    arguments.addAll(Arrays.asList(more));
    return CommandRun.of("", arguments.toArray());
  }

  private static void assertWrong(String sentence, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("evaluate"));
    all.addAll(Arrays.asList(arguments));
    CommandRun run = CommandRun.of("", all.toArray());
    assertThat(run.code()).as(run.messages()).isEqualTo(ExitCode.USAGE);
    assertThat(run.messages()).contains(sentence);
  }
}
