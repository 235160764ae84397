package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyChatModel;
import io.arete.engine.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogProbsCommandTest {

  private static final double TOLERANCE = 2e-4;

  @TempDir private Path folder;

  @Test
  void logProbsAreThoseOfTransformersLogits() {
    List<int[]> sequences = GoldenTensors.sequences(golden("llama").get("input_ids"));
    CommandRun run =
        CommandRun.of(
            CommandRun.idLines(sequences), "logprobs", GoldenFiles.path("llama"), "-", "--top", 3);

    assertThat(run.messages()).isEmpty();
    assertThat(run.lines()).hasSize(sequences.size());
    for (int i = 0; i < sequences.size(); i++) {
      checkAgainst("llama", "logits." + i, sequences.get(i), run.lines().get(i));
    }
  }

  @Test
  void adaptersGivenOneByOneFormAStack() {
    List<int[]> sequences = GoldenTensors.sequences(golden("stack-llama").get("input_ids"));
    CommandRun run =
        CommandRun.of(
            CommandRun.idLines(sequences),
            "logprobs",
            GoldenFiles.path("llama"),
            "--adapter",
            GoldenFiles.path("stack-llama/first"),
            "--adapter",
            GoldenFiles.path("stack-llama/second"),
            "-");

    float[] logits =
        GoldenTensors.floats(GoldenFiles.path("stack-llama/golden.safetensors"), "stack");
    double[] expected = logProbs(logits, sequences);
    List<Double> found = new ArrayList<>();
    run.lines().forEach(line -> line.get("logprobs").forEach(x -> found.add(x.doubleValue())));
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found.get(i)).isCloseTo(expected[i], within(TOLERANCE));
    }
  }

  @Test
  void textAndMessagesAreEncodedAsTransformersDoes() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    CommandRun run =
        CommandRun.of(
            """
            {"text": "Go on<|endoftext|>"}
            {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yo"}]}
            """,
            "logprobs",
            model,
            "-");
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      assertThat(GoldenTensors.ids(run.lines().get(0).get("ids")))
          .containsExactly(tokenizer.encodeWithSpecialTokens("Go on<|endoftext|>"))
          .endsWith(tokenizer.idOf("<|endoftext|>").orElseThrow());
      assertThat(GoldenTensors.ids(run.lines().get(1).get("ids")))
          .containsExactly(tokenizer.encode("user: Hi<|endoftext|>assistant: Yo<|endoftext|>"));
    }
  }

  @Test
  void aLineAloneGivesWhatItGivesAmongOthers() {
    List<int[]> sequences = GoldenTensors.sequences(golden("llama").get("input_ids"));
    Path model = GoldenFiles.path("llama");
    List<JsonNode> together =
        CommandRun.of(CommandRun.idLines(sequences), "logprobs", model, "-").lines();
    for (int i = 0; i < sequences.size(); i++) {
      List<JsonNode> alone =
          CommandRun.of(CommandRun.idLines(sequences.subList(i, i + 1)), "logprobs", model, "-")
              .lines();
      for (int j = 0; j < sequences.get(i).length - 1; j++) {
        assertThat(alone.get(0).get("logprobs").get(j).doubleValue())
            .isCloseTo(together.get(i).get("logprobs").get(j).doubleValue(), within(1e-5));
      }
    }
  }

  @Test
  void moreCandidatesThanTokensExistAreAllTokens() {
    CommandRun run =
        CommandRun.of(
            "{\"ids\": [5, 6]}", "logprobs", GoldenFiles.path("llama"), "-", "--top", 5000);
    assertThat(run.lines().get(0).get("top").get(0)).hasSize(199);
  }

  @Test
  void oneIdHasNothingToPredictIt() {
    CommandRun run =
        CommandRun.of("{\"ids\": [5]}", "logprobs", GoldenFiles.path("llama"), "-", "--top", 1);
    assertThat(run.output().strip()).isEqualTo("{\"ids\":[5],\"logprobs\":[],\"top\":[]}");
  }

  private static void checkAgainst(String golden, String tensor, int[] ids, JsonNode line) {
    float[] logits = GoldenTensors.floats(GoldenFiles.path(golden + "/golden.safetensors"), tensor);
    double[] expected = logProbs(logits, List.of(ids));
    assertThat(GoldenTensors.ids(line.get("ids"))).containsExactly(ids);
    assertThat(line.get("logprobs")).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(line.get("logprobs").get(i).doubleValue())
          .isCloseTo(expected[i], within(TOLERANCE));
      checkTop(row(logits, i), line.get("top").get(i));
    }
  }

  private static void checkTop(double[] rowLogProbs, JsonNode top) {
    assertThat(top).hasSize(3);
    double last = 0;
    for (JsonNode candidate : top) {
      double logProb = candidate.get(1).doubleValue();
      assertThat(logProb)
          .isLessThanOrEqualTo(last)
          .isCloseTo(rowLogProbs[candidate.get(0).intValue()], within(TOLERANCE));
      last = logProb;
    }
    double best = java.util.Arrays.stream(rowLogProbs).max().orElseThrow();
    assertThat(top.get(0).get(1).doubleValue()).isCloseTo(best, within(TOLERANCE));
  }

  /** Log-probabilities of the ids after the first, given logits of sequences one after another. */
  private static double[] logProbs(float[] logits, List<int[]> sequences) {
    List<Double> values = new ArrayList<>();
    int start = 0;
    for (int[] ids : sequences) {
      for (int i = 1; i < ids.length; i++) {
        values.add(row(logits, start + i - 1)[ids[i]]);
      }
      start += ids.length;
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] row(float[] logits, int index) {
    double[] row = new double[199];
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      row[i] = logits[index * row.length + i];
      sum += Math.exp(row[i]);
    }
    for (int i = 0; i < row.length; i++) {
      row[i] -= Math.log(sum);
    }
    return row;
  }

  private static JsonNode golden(String name) {
    return GoldenFiles.json(name + "/golden.json");
  }
}
