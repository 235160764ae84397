package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SmolLM2-135M-Instruct, a real model, against what transformers 5.16.1 makes of the same file. It
 * is too big for the repository: the environment variable ARETE_MODELS names the folder that holds
 * {@code smollm2-135m-instruct} with the GGUF file and the Hugging Face config and tokenizer.
 */
class SmolLm2ImportTest {

  /** SHA-256 of all tensors' bytes, in the order of their names. */
  private static final String TENSORS_SHA_256 =
      "5d9bacfb6e704b2142088ab0e2548bc0de0a6b3a3179fcde6595ff2a6b30c1ec";

  private static final String GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf";
  private static final int TEXTS = 5_000;

  @TempDir static Path folder;

  @BeforeAll
  static void importOnce() {
    Assumptions.assumeTrue(
        System.getenv("ARETE_MODELS") != null,
        "skipped: set ARETE_MODELS to the folder that holds smollm2-135m-instruct");
    GgufImport.run(original().resolve(GGUF), imported(), (name, done, total) -> {});
  }

  @Test
  void tensorsAreBitEqual() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (ModelFolder model = ModelFolder.open(imported())) {
      assertThat(model.names()).hasSize(272);
      long end = model.required(model.names().first()).offset();
      for (String name : model.names()) {
        TensorEntry entry = model.required(name);
        assertThat(entry.offset()).isEqualTo(end);
        end += entry.bytes();
        for (ByteBuffer chunk : model.map(name)) {
          digest.update(chunk);
        }
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(TENSORS_SHA_256);
  }

  @Test
  void configurationsMeanTheSame() throws IOException {
    ObjectNode config = json(imported(), "config.json");
    ObjectNode expected = json(original(), "config.json");
    // Old spellings, which older readers need.
    config.remove(List.of("rope_theta", "torch_dtype"));
    // Not part of what the model computes.
    expected.remove(List.of("_model_name_or_path", "transformers_version"));
    assertThat(config).isEqualTo(expected);
    ObjectNode generation = json(original(), "generation_config.json");
    generation.retain(Set.of("bos_token_id", "eos_token_id", "pad_token_id"));
    assertThat(json(imported(), "generation_config.json")).isEqualTo(generation);
    ObjectNode tokenizer = json(original(), "tokenizer_config.json");
    tokenizer.put("tokenizer_class", "PreTrainedTokenizerFast");
    assertThat(json(imported(), "tokenizer_config.json")).isEqualTo(tokenizer);
  }

  @Test
  void tokenizersHaveTheSameParts() throws IOException {
    JsonNode tokenizer = json(imported(), "tokenizer.json");
    JsonNode expected = json(original(), "tokenizer.json");
    for (String part :
        List.of("added_tokens", "pre_tokenizer", "post_processor", "truncation", "padding")) {
      assertThat(tokenizer.get(part)).as(part).isEqualTo(expected.get(part));
    }
    ObjectNode model = (ObjectNode) expected.get("model");
    // There are no byte tokens to fall back on: a fallback that is on changes nothing.
    assertThat(model.get("vocab").has("<0x00>")).isFalse();
    model.put("byte_fallback", false);
    assertThat(tokenizer.get("model")).isEqualTo(model);
  }

  @Test
  void tokenizersGiveTheSameIds() throws IOException {
    try (HuggingFaceTokenizer rebuilt = tokenizer(imported());
        HuggingFaceTokenizer expected = tokenizer(original())) {
      for (JsonNode sample : GoldenFiles.json("smollm2/tokenizer-samples.json")) {
        long[] ids = rebuilt.encode(sample.get("text").asText(), false, false).getIds();
        assertThat(ids)
            .containsExactly(
                StreamSupport.stream(sample.get("ids").spliterator(), false)
                    .mapToLong(JsonNode::asLong)
                    .toArray());
        assertThat(rebuilt.decode(ids, false)).isEqualTo(sample.get("decoded").asText());
      }
      for (int i = 0; i < TEXTS; i++) {
        String text = text(new SplittableRandom(i));
        long[] ids = rebuilt.encode(text, false, false).getIds();
        assertThat(ids).as(text).containsExactly(expected.encode(text, false, false).getIds());
        assertThat(rebuilt.decode(ids, false)).isEqualTo(expected.decode(ids, false));
      }
    }
  }

  /** Pieces that tokenizers split differently: words, digits, spaces, scripts, special tokens. */
  private static String text(SplittableRandom random) {
    List<String> pieces =
        List.of(
            "virtue",
            " Honesty",
            "it's",
            "WE'LL",
            "naïve",
            "日本語",
            "🙂",
            "ἀρετή",
            "مرحبا",
            "é",
            "12345",
            " 3.14",
            "²",
            "٣",
            " ",
            "   ",
            "\n",
            "\n\n",
            "\t",
            "\r\n",
            "\u00A0",
            "\u200B",
            "_",
            "...",
            "!?",
            "$x**2",
            "<|im_start|>",
            "<|im_end|>",
            "<empty_output>",
            "</s>",
            "▁");
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(1, 16);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(4) == 0) {
        text.appendCodePoint(scalar(random));
      } else {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
    }
    return text.toString();
  }

  /** Any code point but surrogates, ASCII's and the first plane's more often than others. */
  private static int scalar(SplittableRandom random) {
    int bound = List.of(0x80, 0x800, 0xD800, 0xD800, 0x110000).get(random.nextInt(5));
    int codePoint = random.nextInt(bound);
    return codePoint >= 0xD800 && codePoint < 0xE000 ? 'x' : codePoint;
  }

  private static HuggingFaceTokenizer tokenizer(Path model) throws IOException {
    return HuggingFaceTokenizer.newInstance(
        model.resolve("tokenizer.json"), Map.of("truncation", "false", "padding", "false"));
  }

  private static ObjectNode json(Path model, String file) throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(Files.readString(model.resolve(file)));
  }

  private static Path original() {
    return Path.of(String.valueOf(System.getenv("ARETE_MODELS")), "smollm2-135m-instruct");
  }

  private static Path imported() {
    return folder.resolve("smollm2");
  }
}
