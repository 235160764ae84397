package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.TinyChatModel;
import io.arete.engine.text.ModelFiles;
import io.arete.engine.text.Tokenizer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** transformers would pass over the very token at which a score was trained. */
class ScorePaddingTest {

  private static final int VOCABULARY = 1000;
  private static final String END = "<|endoftext|>";
  private static final String TOKENS = "tokenizer_config.json";

  @TempDir private Path folder;
  private int end;

  @BeforeEach
  void write() {
    TinyChatModel.write(folder, 1);
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      end = tokenizer.idOf(END).orElseThrow();
    }
  }

  /** As SmolLM2 says it: one token ends turns and fills up. */
  @Test
  void aTokenThatEndsTurnsIsNotPadding() {
    change("config.json", "pad_token_id", end);
    FolderFixture.change(folder, TOKENS, json -> json.put("pad_token", END));
    ScorePadding chosen = ScorePadding.choose(folder, VOCABULARY);
    assertThat(chosen.id()).isNotEqualTo(end).isBetween(0, VOCABULARY - 1);
    assertThat(chosen.token()).isEmpty();
    chosen.tellTokenizer(folder);
    assertThat(ModelFiles.object(folder.resolve(TOKENS)).has("pad_token")).isFalse();
  }

  @Test
  void theTokenizersOwnPaddingIsTakenBeforeOthers() {
    change("config.json", "pad_token_id", 9);
    FolderFixture.change(folder, TOKENS, json -> json.put("pad_token", "a").put("unk_token", "b"));
    assertThat(ScorePadding.choose(folder, VOCABULARY).token()).contains("a");
  }

  @Test
  void whereItIsTheEndTheTokenForTheUnknownIsTakenAndTheTokenizerToldSo() {
    FolderFixture.change(folder, TOKENS, json -> json.put("pad_token", END).put("unk_token", "b"));
    ScorePadding chosen = ScorePadding.choose(folder, VOCABULARY);
    assertThat(chosen.token()).isEqualTo(Optional.of("b"));
    chosen.tellTokenizer(folder);
    assertThat(ModelFiles.object(folder.resolve(TOKENS)).path("pad_token").asText()).isEqualTo("b");
  }

  @Test
  void theNumberInTheConfigurationCountsWhereNoTokenIsNamed() {
    change("config.json", "pad_token_id", 9);
    assertThat(ScorePadding.choose(folder, VOCABULARY).id()).isEqualTo(9);
    change("config.json", "eos_token_id", 9);
    assertThat(ScorePadding.choose(folder, VOCABULARY).id()).isEqualTo(VOCABULARY - 1);
  }

  private void change(String file, String key, int value) {
    FolderFixture.change(folder, file, json -> json.put(key, value));
  }
}
