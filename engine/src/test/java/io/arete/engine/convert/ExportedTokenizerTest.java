package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.TinyChatModel;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufMetadata;
import io.arete.engine.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportedTokenizerTest {

  private static final ConversionProgress SILENT = (name, done, total) -> {};

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void textsHaveTheSameIdsAfterThereAndBack(WordRule rule) throws IOException {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    FolderFixture.change(
        model,
        "tokenizer.json",
        json -> {
          json.set("pre_tokenizer", rule.preTokenizer());
          ((ObjectNode) json.get("model")).put("ignore_merges", rule.wholeWordsFirst());
        });
    Path back = thereAndBack(model, GgufWeights.F16);
    try (Tokenizer original = Tokenizer.load(model);
        Tokenizer returned = Tokenizer.load(back)) {
      for (String text :
          List.of(
              "The answer is 12345, isn't it? WE'LL see.\n\n  Two\tspaces",
              "naïve ἀρετή 日本語 🙂 ٣²",
              "<|endoftext|> a <|endoftext|>",
              "")) {
        assertThat(returned.encode(text)).containsExactly(original.encode(text));
        assertThat(returned.encodePlain(text)).containsExactly(original.encodePlain(text));
        assertThat(returned.decodeAll(original.encode(text)))
            .isEqualTo(original.decodeAll(original.encode(text)));
      }
      assertThat(returned.eosToken()).isEqualTo(original.eosToken());
    }
  }

  @Test
  void tokensKeepTheirKindsAndFillersStayOut() throws IOException {
    Path model = FolderFixture.write(folder.resolve("model"), "qwen2");
    Path gguf = folder.resolve("model.gguf");
    GgufExport.run(model, gguf, GgufWeights.F16, SILENT);
    try (GgufFile file = GgufFile.open(gguf)) {
      GgufMetadata metadata = file.metadata();
      assertThat(metadata.texts("tokenizer.ggml.tokens"))
          .hasSize(199)
          .startsWith("a", "b", "c", "1", "ab", "abc", "<end>", "<tool>", "<begin>", "[PAD9]");
      assertThat(metadata.wholes("tokenizer.ggml.token_type"))
          .startsWith(1L, 1L, 1L, 1L, 1L, 1L, 3L, 4L, 3L, 5L);
      assertThat(metadata.text("tokenizer.ggml.pre")).isEqualTo("qwen2");
      assertThat(metadata.whole("tokenizer.ggml.eos_token_id", 0, 198)).isEqualTo(6);
      // Not named by the tokenizer, so that config.json has the word.
      assertThat(metadata.whole("tokenizer.ggml.bos_token_id", 0, 198)).isEqualTo(1);
    }
    Path back = folder.resolve("back");
    GgufImport.run(gguf, back, SILENT);
    assertThat(json(back.resolve("tokenizer.json")).at("/model/vocab")).hasSize(9);
  }

  @Test
  void aTokenThatBeginsEveryTextComesBack() {
    Path model = FolderFixture.write(folder.resolve("model"), "llama");
    FolderFixture.change(
        model,
        "tokenizer.json",
        json -> {
          json.set("pre_tokenizer", WordRule.LLAMA_BPE.preTokenizer());
          ((ObjectNode) json.get("model")).put("ignore_merges", true);
          ObjectNode processor = json.putObject("post_processor");
          processor.put("type", "TemplateProcessing");
          ObjectNode first = processor.putArray("single").addObject().putObject("SpecialToken");
          first.put("id", "<begin>").put("type_id", 0);
          ((ArrayNode) processor.get("single"))
              .addObject()
              .putObject("Sequence")
              .put("id", "A")
              .put("type_id", 0);
        });
    FolderFixture.change(model, "tokenizer_config.json", json -> json.put("bos_token", "<begin>"));
    try (Tokenizer returned = Tokenizer.load(thereAndBack(model, GgufWeights.F16))) {
      assertThat(returned.encodeWithSpecialTokens("abc")).containsExactly(8, 5);
      assertThat(returned.encode("abc")).containsExactly(5);
    }
  }

  private Path thereAndBack(Path model, GgufWeights weights) {
    Path gguf = folder.resolve("there.gguf");
    Path back = folder.resolve("back");
    GgufExport.run(model, gguf, weights, SILENT);
    GgufImport.run(gguf, back, SILENT);
    return back;
  }

  private static JsonNode json(Path path) throws IOException {
    return new ObjectMapper().readTree(path.toFile());
  }
}
