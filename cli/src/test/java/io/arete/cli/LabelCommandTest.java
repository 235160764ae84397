package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.arete.engine.TinyChatModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelCommandTest {

  private static final String CONSTITUTION =
      """
      name: one
      virtues:
        honesty: {description: says what is true}
      questions: {motivation: "Why?", consequences: "What for?"}
      reads: {action: whole, motivation: whole, consequences: whole}
      judge:
        wording: "{prompt} A: {first} B: {second} More {virtue}, {description}?"
        parts: {action: act, motivation: motive, consequences: outcome}
        answers: [A, B]
      """;

  @TempDir private Path folder;

  @Test
  void aLocalModelLabelsAFileAndReports() throws IOException {
    Path pairs = csv("prompt,a,b\nMay I?,Yes,No\nAnd now?,Go,Stay\n");
    Path model = TinyChatModel.write(folder.resolve("model"), 3);
    Path out = folder.resolve("labels.jsonl");
    CommandRun run = label(pairs, model, out, "--tie-threshold", "0", "--json");
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

  /** Half of the labels by one model and half by another would be nobody's. */
  @Test
  void aLabelingDoesNotGoOnWithOtherWeights() throws IOException {
    Path pairs = csv("prompt,a,b\nMay I?,Yes,No\nAnd now?,Go,Stay\n");
    Path model = TinyChatModel.write(folder.resolve("model"), 3);
    Path out = folder.resolve("out");
    assertThat(label(pairs, model, out).code()).isEqualTo(ExitCode.DONE);
    Path weights = TinyChatModel.write(folder.resolve("other"), 4).resolve("model.safetensors");
    Files.copy(weights, model.resolve("model.safetensors"), StandardCopyOption.REPLACE_EXISTING);
    CommandRun other = label(pairs, model, out);
    assertThat(other.code()).isEqualTo(ExitCode.ERROR);
    assertThat(other.messages()).contains("numbers");
  }

  private CommandRun label(Path pairs, Path model, Path out, Object... more) throws IOException {
    Object[] given = {
      "label", pairs, "--labeler", "local:" + model, "--constitution", constitution(), "--out", out
    };
    return CommandRun.of("", Stream.concat(Arrays.stream(given), Arrays.stream(more)).toArray());
  }

  @Test
  void aPersonLabelsWithKeysAndGoesOnLater() throws IOException {
    Path pairs = csv("prompt,chosen,rejected\nQ1,y,n\nQ2,y,n\nQ3,y,n\n");
    Path out = folder.resolve("by-hand");
    CommandRun first = byHand("1\nx\nu\n2\nq\n1\n", pairs, out);
    assertThat(first.code()).as(first.messages()).isEqualTo(ExitCode.DONE);
    assertThat(first.messages())
        .contains("pair 1 of 3", "pair 2 of 3", "(type 1, 2, =, u, m or q)")
        .contains("Which answer shows more virtue", "2 of 3 left; the same command goes on.");
    assertThat(first.messages()).doesNotContain("pair 3 of 3");
    assertThat(first.lines().get(0).path("answered").asInt()).isEqualTo(1);
    CommandRun second = byHand("=\n2\n", pairs, out);
    assertThat(second.messages())
        .doesNotContain("pair 1 of 3", " left;")
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

  /** Terminals that do not know their width report 0. */
  @Test
  void aTerminalOfNoWidthIsWrittenOnAsOneOfEighty() throws IOException {
    Path pairs = csv("prompt,a,b\n" + "word ".repeat(15) + "end,y,n\n");
    String before = System.setProperty(Progress.COLUMNS_PROPERTY, "0");
    try {
      assertThat(byHand("", pairs, folder.resolve("out")).messages())
          .contains("word ".repeat(15) + "end\n", "1 of 1 left");
    } finally {
      if (before == null) {
        System.clearProperty(Progress.COLUMNS_PROPERTY);
      } else {
        System.setProperty(Progress.COLUMNS_PROPERTY, before);
      }
    }
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
    assertThat(unknown.messages()).contains("oracle:delphi", "local:MODEL_FOLDER", "endpoint:URL");
    CommandRun columns =
        CommandRun.of(
            "", "label", csv("question,text,score\nQ,y,n\n"), "--by-hand", "--out", folder);
    assertThat(columns.messages()).contains("it has question, text, score");
    Object[] boxed = {"label", pairs, "--labeler", "local:m", "--constitution", "virtues"};
    assertThat(CommandRun.of("", boxed).messages())
        .contains("There is no file virtues; did you mean box:virtues");
  }

  @Test
  void theOptionsOfAnEndpointAreCheckedLikeTheKeysOfARecipe() throws IOException {
    Path pairs = csv("prompt,a,b\nQ,y,n\n");
    CommandRun help = CommandRun.of("", "label", "--help");
    assertThat(help.output() + help.messages())
        .contains("--endpoint-model", "--endpoint-max-requests", "default: 10000");
    CommandRun without =
        CommandRun.of("", "label", pairs, "--labeler", "local:m", "--endpoint-votes", "3");
    assertThat(without.code()).isEqualTo(ExitCode.USAGE);
    assertThat(without.messages()).contains("--endpoint-votes is for --labeler endpoint:URL");
    CommandRun wrong =
        CommandRun.of(
            "",
            "label",
            pairs,
            "--labeler",
            "endpoint:http://judge.example.org/v1",
            "--endpoint-model",
            "m",
            "--endpoint-key-variable",
            "KEY");
    assertThat(wrong.code()).isEqualTo(ExitCode.ERROR);
    assertThat(wrong.messages()).contains("by plain http", "--endpoint-key-in-clear true");
    CommandRun two =
        CommandRun.of("", "label", pairs, "--labeler", "endpoint:x", "--labeler", "local:y");
    assertThat(two.code()).isEqualTo(ExitCode.USAGE);
    assertThat(two.messages()).contains("say --calibration FILE");
    assertThat(
            CommandRun.of("", "label", pairs, "--labeler", "local:m", "--force", "all").messages())
        .contains("There is no gate 'all'");
  }

  @Test
  void aJudgeBehindAServerThatSaysTheSameOfEverythingIsStoppedAndSpendsNoMore() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/v1/chat/completions", exchange -> answer(exchange, asked));
    server.start();
    try {
      Path known =
          Files.writeString(folder.resolve("known.csv"), rows("chosen,rejected", "Known", 30));
      Path pairs = Files.writeString(folder.resolve("all.csv"), rows("a,b", "New", 50));
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
      CommandRun stopped = labelBy(url, pairs, known);
      assertThat(stopped.code()).as(stopped.messages()).isEqualTo(ExitCode.STOPPED);
      assertThat(stopped.messages())
          .contains("at most 160 questions to m", "stopped the labeling before most is spent");
      // Thirty known pairs, one virtue in both orders; and the probe.
      assertThat(asked).hasValue(61);
      CommandRun forced =
          labelBy(url, pairs, known, "--force", "ties", "--force", "agreement", "--force", "order");
      assertThat(forced.code()).as(forced.messages()).isEqualTo(ExitCode.DONE);
      assertThat(asked).hasValue(161);
      assertThat(forced.lines().get(0).path("gates").size()).isPositive();
      assertThat(forced.lines().get(0).path("labeler").path("requests").asInt()).isEqualTo(160);
    } finally {
      server.stop(0);
    }
  }

  private CommandRun labelBy(String url, Path pairs, Path known, String... more)
      throws IOException {
    List<Object> arguments =
        new ArrayList<>(List.of("label", pairs, "--labeler", "endpoint:" + url));
    arguments.addAll(List.of("--endpoint-model", "m", "--calibration", known, "--json"));
    arguments.addAll(List.of("--endpoint-cache", folder.resolve("cache")));
    arguments.addAll(List.of("--constitution", constitution(), "--out", folder.resolve("out")));
    arguments.addAll(List.of(more));
    return CommandRun.of("", arguments.toArray());
  }

  /** Says of everything that what is shown first may be better, and no more. */
  private static void answer(HttpExchange exchange, AtomicInteger asked) throws IOException {
    asked.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    byte[] body =
        """
        {"choices": [{"message": {"content": "A"}, "logprobs": {"content": [{"token": "A",
        "logprob": -0.7, "top_logprobs": [{"token": "A", "logprob": -0.7},
        {"token": "B", "logprob": -0.8}]}]}}], "usage": {"total_tokens": 9}}
        """
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String rows(String columns, String prompt, int count) {
    StringBuilder text = new StringBuilder("prompt," + columns + "\n");
    for (int i = 0; i < count; i++) {
      text.append(prompt).append(i).append(",yes,no\n");
    }
    return text.toString();
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
