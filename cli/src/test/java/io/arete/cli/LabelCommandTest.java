package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.TinyChatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelCommandTest {

  private static final String CONSTITUTION =
      """
      name: one
      virtues:
        honesty: {description: says what is true}
      questions: {motivation: "Why?", consequences: "What for?"}
      judge:
        wording: "{prompt} A: {first} B: {second} More {virtue}, {description}?"
        answers: [A, B]
      """;

  @TempDir private Path folder;

  @Test
  void aLocalModelLabelsAFileAndReports() throws IOException {
    Path pairs = csv("prompt,a,b\nMay I?,Yes,No\nAnd now?,Go,Stay\n");
    Path model = TinyChatModel.write(folder.resolve("model"), 3);
    Path out = folder.resolve("labels.jsonl");
    CommandRun run =
        CommandRun.of(
            "",
            "label",
            pairs,
            "--labeler",
            "local:" + model,
            "--constitution",
            constitution(),
            "--tie-threshold",
            "0",
            "--out",
            out,
            "--json");
    assertThat(run.code()).as(run.messages()).isEqualTo(ExitCode.DONE);
    assertThat(run.messages()).contains("Taking prompt as the prompt, a and b as the replies");
    JsonNode report = run.lines().get(0);
    assertThat(run.lines()).hasSize(1);
    assertThat(report.path("labels").path("pairs").asInt()).isEqualTo(2);
    assertThat(report.path("labeler").path("questions").asInt()).isEqualTo(4);
    List<JsonNode> rows = Files.readAllLines(out).stream().map(CommandRun::parse).toList();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).path("prompt").asText()).isEqualTo("May I?");
    assertThat(rows.get(0).path("p").asDouble()).isBetween(0.5, 1.0);
    assertThat(folder.resolve("labels.jsonl.labeling/report.json")).exists();
  }

  @Test
  void aPersonLabelsWithKeysAndGoesOnLater() throws IOException {
    Path pairs = csv("prompt,chosen,rejected\nQ1,y,n\nQ2,y,n\nQ3,y,n\n");
    Path out = folder.resolve("by-hand");
    CommandRun first = byHand("1\nx\nu\n2\nq\n1\n", pairs, out);
    assertThat(first.code()).as(first.messages()).isEqualTo(ExitCode.DONE);
    assertThat(first.messages())
        .contains("pair 1 of 3", "pair 2 of 3", "(type 1, 2, =, u, m or q)");
    assertThat(first.messages()).doesNotContain("pair 3 of 3");
    assertThat(first.lines().get(0).path("answered").asInt()).isEqualTo(1);
    CommandRun second = byHand("=\n2\n", pairs, out);
    assertThat(second.messages())
        .doesNotContain("pair 1 of 3")
        .contains("Every pair has an answer");
    JsonNode report = second.lines().get(0);
    assertThat(report.path("answered").asInt()).isEqualTo(3);
    assertThat(report.path("ties").asInt()).isEqualTo(1);
    assertThat(report.path("by").asText()).isEqualTo("ada");
    assertThat(Files.readAllLines(out.resolve("pairs.jsonl"))).hasSize(2);
  }

  @Test
  void nothingInTheDataReachesTheTerminalRaw() throws IOException {
    Path pairs =
        csv("prompt,a,b\n\u001b]0;title\u0007Q,\u001b[31mred\u009b2J,\"back\bspace\u202eright\"\n");
    CommandRun run = byHand("q\n", pairs, folder.resolve("out"));
    assertThat(run.messages())
        .contains("\\u001b]0;title\\u0007Q", "\\u001b[31mred\\u009b2J", "\\u0008", "\\u202eright")
        .doesNotContain("\u001b", "\u0007", "\u009b", "\b", "\u202e");
  }

  @Test
  void aMegabyteIsShownInPartUnlessMoreIsAsked() throws IOException {
    Path pairs = csv("prompt,a,b\nQ," + "word ".repeat(200_000) + ",short\n");
    CommandRun run = byHand("q\n", pairs, folder.resolve("out"));
    assertThat(run.messages()).contains("characters more: m").hasSizeLessThan(10_000);
    assertThat(byHand("m\nq\n", pairs, folder.resolve("out")).messages())
        .hasSizeGreaterThan(1_000_000);
  }

  @Test
  void wideTextsAreWrappedAtBlanks() {
    assertThat(WrappedText.lines("one two three", 7)).containsExactly("one two", "three");
    assertThat(WrappedText.lines("abcdefgh", 3)).containsExactly("abc", "def", "gh");
    assertThat(WrappedText.lines("漢字漢字", 4)).containsExactly("漢字", "漢字");
    assertThat(WrappedText.lines("a\n\nb", 10)).containsExactly("a", "", "b");
    assertThat(WrappedText.lines("", 10)).containsExactly("");
    assertThat(WrappedText.lines("\ta", 10)).containsExactly("    a");
  }

  @Test
  void wrongUseIsToldBeforeAnythingIsDone() throws IOException {
    Path pairs = csv("prompt,a,b\nQ,y,n\n");
    assertThat(CommandRun.of("", "label", pairs).code()).isEqualTo(ExitCode.USAGE);
    CommandRun unknown = CommandRun.of("", "label", pairs, "--labeler", "oracle:delphi");
    assertThat(unknown.code()).isEqualTo(ExitCode.ERROR);
    assertThat(unknown.messages()).contains("oracle:delphi", "local:MODEL_FOLDER");
    CommandRun columns =
        CommandRun.of(
            "", "label", csv("question,text,score\nQ,y,n\n"), "--by-hand", "--out", folder);
    assertThat(columns.messages()).contains("it has question, text, score");
  }

  private CommandRun byHand(String keys, Path pairs, Path out) {
    return CommandRun.of(
        keys, "label", pairs, "--by-hand", "--name", "ada", "--out", out, "--json");
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("pairs.csv"), text);
  }

  private Path constitution() throws IOException {
    return Files.writeString(folder.resolve("constitution.yaml"), CONSTITUTION);
  }
}
