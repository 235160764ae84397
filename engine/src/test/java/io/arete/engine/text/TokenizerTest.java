package io.arete.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Utils;
import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {

  private static Tokenizer tokenizer;

  @BeforeAll
  static void load() {
    tokenizer = Tokenizer.load(TestModels.tinyGpt2());
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void textSurvivesTheWayToIdsAndBack() {
    String text = "It's 2024, café \n\n 日本  ";
    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    assertThat(tokenizer.encode("")).isEmpty();
    assertThat(tokenizer.decode(new int[0])).isEmpty();
  }

  @Test
  void brokenUnicodeDoesNotBreakTheTokenizer() {
    for (String text : new String[] {"a\uD800b", "\uDC00", "a\u0000b", "\uD83D"}) {
      int[] ids = tokenizer.encode(text);
      assertThat(IntStream.of(ids).filter(tokenizer::isSpecial)).isEmpty();
      assertThat(tokenizer.decode(ids)).doesNotContain("\uD800", "\uDC00");
    }
  }

  @Test
  void theLibraryIsToldToCallNobody() {
    assertThat(Utils.isOfflineMode()).isTrue();
    assertThat(Utils.getEnvOrSystemProperty("OPT_OUT_TRACKING")).isEqualTo("true");
  }

  @Test
  void longTextIsNotTruncated() {
    int[] ids = tokenizer.encode("a b c d ".repeat(5000));
    assertThat(ids.length).isGreaterThan(20_000);
  }

  @Test
  void specialTokensCountWhereTheyAreWrittenAndNotInPlainText() {
    String text = "a<|endoftext|>b";
    assertThat(IntStream.of(tokenizer.encode(text)).filter(tokenizer::isSpecial)).hasSize(1);
    assertThat(IntStream.of(tokenizer.encodePlain(text)).filter(tokenizer::isSpecial)).isEmpty();
    assertThat(tokenizer.decode(tokenizer.encodePlain(text))).isEqualTo(text);
    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo("ab");
    assertThat(tokenizer.decodeAll(tokenizer.encode(text))).isEqualTo(text);
  }

  @Test
  void aSpecialTokenInTheVocabularyIsHiddenAndOtherAddedTokensKeepTheirIds(@TempDir Path folder)
      throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0", "truncation": null, "padding": null, "normalizer": null,
         "pre_tokenizer": null, "post_processor": null, "decoder": null,
         "added_tokens": [
           {"id": 3, "content": "<s>", "special": true, "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false},
           {"id": 4, "content": "</s>", "special": true, "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false},
           {"id": 5, "content": "ss", "special": false, "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false}],
         "model": {"type": "BPE", "dropout": null, "unk_token": null, "fuse_unk": false,
           "continuing_subword_prefix": null, "end_of_word_suffix": null, "byte_fallback": false,
           "ignore_merges": true, "vocab": {"<": 0, "s": 1, ">": 2, "<s>": 3}, "merges": []}}
        """);
    try (Tokenizer small = Tokenizer.load(folder)) {
      assertThat(small.encode("<s>ss</s>")).containsExactly(3, 5, 4);
      assertThat(small.encodePlain("<s>")).containsExactly(0, 1, 2);
      assertThat(small.encodePlain("<ss>")).containsExactly(0, 5, 2);
      assertThat(small.vocabularySize()).isEqualTo(6);
    }
  }

  @Test
  void theVocabularyIsKnown() {
    assertThat(tokenizer.eosToken()).isEqualTo("<|endoftext|>");
    assertThat(tokenizer.idOf("<|endoftext|>")).hasValue(0);
    assertThat(tokenizer.idOf("no such token")).isEmpty();
    assertThat(tokenizer.vocabularySize()).isEqualTo(1000);
  }

  @Test
  void anIdOutsideOfTheVocabularyIsNamed() {
    assertThatThrownBy(() -> tokenizer.decode(new int[] {1, 1_000_000}))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("1000000")
        .hasMessageContaining("999");
  }

  @Test
  void aFolderWithoutTokenizerIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("tokenizer.json is missing");
  }

  @Test
  void aBrokenTokenizerFileIsNamed(@TempDir Path folder) throws IOException {
    for (String content :
        new String[] {
          "{\"model\":",
          "[]",
          "{}",
          "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":-1},\"merges\":[]}}",
          "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"b c d\"]}}",
          "{\"model\":{\"type\":\"Other\",\"vocab\":{\"a\":0}}}",
          "[".repeat(50_000)
        }) {
      Files.writeString(folder.resolve("tokenizer.json"), content);
      assertThatThrownBy(() -> Tokenizer.load(folder))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("tokenizer.json");
    }
  }
}
