package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.convert.GgufImport;
import io.arete.engine.forest.Forest;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.text.TestModels;
import io.arete.engine.train.ChunkedLogProbs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SmolLM2-135M-Instruct in float32 against transformers; left out, with the reason, where the
 * environment variable ARETE_MODELS names no folder with it. A folder with the GGUF file alone is
 * imported first.
 */
class SmolLm2Test {

  private static final String GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf";
  private static final double CLEAR_GAP = 0.02;
  private static final int GREEDY_PROMPTS = 2;

  @TempDir private static Path temp;

  private static DecoderModel model;

  @BeforeAll
  static void load() {
    Path folder = TestModels.smolLm2();
    if (!Files.exists(folder.resolve("model.safetensors"))) {
      GgufImport.run(folder.resolve(GGUF), temp.resolve("imported"), (name, done, total) -> {});
      folder = temp.resolve("imported");
    }
    model = DecoderModel.load(folder, Dtype.FLOAT32, Device.CPU);
  }

  @AfterAll
  static void close() {
    if (model != null) {
      model.close();
    }
  }

  @Test
  void logProbsOfTheGreedyTextsAreThoseOfTransformers() {
    JsonNode golden = GoldenFiles.json("smollm2/golden.json");
    List<int[]> texts = new ArrayList<>();
    golden.forEach(prompt -> texts.add(text(prompt)));
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(texts);
      var hidden = model.trunk(forest, Adapters.NONE);
      for (int i = 0; i < texts.size(); i++) {
        int from = golden.get(i).get("prompt_ids").size();
        int[] targets = GoldenTensors.ids(golden.get(i).get("greedy_new_ids"));
        int[] rows = new int[targets.length];
        for (int at = 0; at < rows.length; at++) {
          rows[at] = forest.index(i, from + at - 1);
        }
        double[] found = new ChunkedLogProbs(model, 1).read(hidden, rows, targets);
        for (int at = 0; at < rows.length; at++) {
          double expected = golden.get(i).get("greedy_logprobs").get(at).asDouble();
          assertThat(found[at]).as("prompt %d token %d", i, at).isCloseTo(expected, within(2e-3));
        }
      }
    }
  }

  @Test
  void greedyTextIsThatOfTransformersWhereItCannotFork() {
    List<Request> requests = new ArrayList<>();
    List<int[]> expected = new ArrayList<>();
    for (JsonNode prompt : GoldenFiles.json("smollm2/golden.json")) {
      if (prompt.get("smallest_top2_gap").asDouble() >= CLEAR_GAP
          && requests.size() < GREEDY_PROMPTS) {
        int[] ids = GoldenTensors.ids(prompt.get("greedy_new_ids"));
        int[] read = GoldenTensors.ids(prompt.get("prompt_ids"));
        requests.add(new Request(read, ids.length, CountedRandom.of(1)));
        expected.add(ids);
      }
    }
    List<Reply> replies =
        new Generator(model, Adapters.NONE, Set.of(), requests.size())
            .generate(requests, new Sampling.Greedy());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(replies.get(i).ids()).containsExactly(expected.get(i));
    }
  }

  private static int[] text(JsonNode prompt) {
    int[] read = GoldenTensors.ids(prompt.get("prompt_ids"));
    int[] grown = GoldenTensors.ids(prompt.get("greedy_new_ids"));
    int[] text = Arrays.copyOf(read, read.length + grown.length);
    System.arraycopy(grown, 0, text, read.length, grown.length);
    return text;
  }
}
