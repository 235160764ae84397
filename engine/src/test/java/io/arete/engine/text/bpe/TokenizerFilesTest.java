package io.arete.engine.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.text.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFilesTest {

  private static final BpeSettings SETTINGS = new BpeSettings(300, 1);

  @TempDir Path folder;

  @Test
  void aTokenizerWithoutMergesOrSpecialTokensEncodesEverythingAsBytes() {
    ByteLevelBpe bpe = BpeTrainer.train(WordCounts.of(List.of(), SpecialTokenSet.none()), SETTINGS);
    TokenizerFiles.write(folder, bpe, "", 64);
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(256);
      assertThat(tokenizer.specialTokens()).isEmpty();
      String text = "\u0000\u007f é\uD83D\uDE00\n<|end|>";
      int[] ids = tokenizer.encode(text);
      assertThat(ids).hasSize(text.getBytes(StandardCharsets.UTF_8).length);
      assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }
  }

  @Test
  void theFilesNameRolesTemplateAndLength() throws IOException {
    SpecialTokenSet special =
        new SpecialTokenSet(
            List.of("<|u|>", "<|end|>", "<|begin|>"),
            Map.of(
                TokenRole.BEGIN, "<|begin|>",
                TokenRole.END, "<|end|>",
                TokenRole.PADDING, "<|end|>"));
    TokenizerFiles.write(
        folder, BpeTrainer.train(WordCounts.of(List.of(), special), SETTINGS), "{{ x }}\n", 77);
    JsonNode config = json("tokenizer_config.json");
    assertThat(config.path("chat_template").textValue()).isEqualTo("{{ x }}\n");
    assertThat(config.path("model_max_length").intValue()).isEqualTo(77);
    for (JsonNode named : List.of(config, json("special_tokens_map.json"))) {
      assertThat(named.path("bos_token").textValue()).isEqualTo("<|begin|>");
      assertThat(named.path("eos_token").textValue()).isEqualTo("<|end|>");
      assertThat(named.path("pad_token").textValue()).isEqualTo("<|end|>");
      assertThat(named.has("unk_token")).isFalse();
      assertThat(named.path("additional_special_tokens")).hasSize(1);
      assertThat(named.path("additional_special_tokens").path(0).textValue()).isEqualTo("<|u|>");
    }
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.encode("<|begin|><|u|><|end|>")).containsExactly(2, 0, 1);
    }
  }

  @Test
  void whatCannotBeASpecialTokenIsNamed() {
    for (String text : List.of("", "a", "<é>", "two words", "line\n")) {
      assertThatThrownBy(() -> new SpecialTokenSet(List.of("<|x|>", text), Map.of()))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("special token \"" + text + "\"");
    }
    assertThatThrownBy(() -> new SpecialTokenSet(List.of("<|x|>", "<|x|>"), Map.of()))
        .hasMessageContaining("twice");
    Map<TokenRole, String> roles = Map.of(TokenRole.PADDING, "<|pad|>");
    assertThatThrownBy(() -> new SpecialTokenSet(List.of("<|x|>"), roles))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("pad_token <|pad|>");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    ByteLevelBpe bpe = BpeTrainer.train(WordCounts.of(List.of(), SpecialTokenSet.none()), SETTINGS);
    assertThatThrownBy(() -> TokenizerFiles.write(folder.resolve("absent"), bpe, "", 64))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("absent");
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve(name)));
  }
}
