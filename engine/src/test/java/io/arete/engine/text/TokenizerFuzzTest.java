package io.arete.engine.text;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.arete.engine.HostileFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a tokenizer.json says, it encodes and decodes or is refused. */
@Tag("fuzz")
class TokenizerFuzzTest {

  /** The JSON as a tree, twice, and as texts for the library. */
  private static final HostileFiles.Heap HEAP = new HostileFiles.Heap(256, 4 << 20);

  private static final String TEXT = "Ab 12 <s>\n é日\uD83D\uDE00 'll ";

  private static final String SMALL =
      """
      {"added_tokens": [{"id": 0, "content": "<s>", "single_word": false, "lstrip": false,
        "rstrip": false, "normalized": false, "special": true}],
       "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
        {"type": "Split", "pattern": {"Regex": "\\\\p{N}{1,3}|\\\\s+"}, "behavior": "Isolated",
         "invert": false},
        {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}]},
       "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken":
         {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}], "pair": [],
        "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}},
       "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
        "use_regex": true},
       "model": {"type": "BPE", "dropout": null, "unk_token": "<s>", "fuse_unk": false,
        "byte_fallback": false, "vocab": {"<s>": 0, "a": 1, "b": 2, "ab": 3, "1": 4},
        "merges": [["a", "b"]]}}
      """;

  private static final String WORDS =
      """
      {"added_tokens": [], "normalizer": {"type": "Prepend", "prepend": "_"},
       "pre_tokenizer": {"type": "Metaspace", "replacement": "_", "prepend_scheme": "first"},
       "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "_"},
        "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip",
        "content": " ", "start": 1, "stop": 0}]},
       "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": true,
        "vocab": [["<unk>", 0.0], ["_", -1.5], ["a", -2.0], ["ab", -1.0]]}}
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void loadNativeCode() {
    HostileFiles.overwrite(folder.resolve("tokenizer.json"), bytes(SMALL));
    Tokenizer.load(folder).close();
  }

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"type\": \"WordPiece\"",
    "\"type\": \"WordLevel\"",
    "\"type\": \"Precompiled\"",
    "\"type\": \"Replace\"",
    "\"type\": \"BertPreTokenizer\"",
    "\"type\": \"Punctuation\"",
    "\"type\": \"Digits\", \"individual_digits\": true",
    "\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true",
    "\"type\": \"CTC\"",
    "\"behavior\": \"MergedWithPrevious\"",
    "\"truncation\": {\"max_length\": 0, \"strategy\": \"LongestFirst\", \"stride\": 1}",
    "\"padding\": {\"strategy\": {\"Fixed\": 9}, \"direction\": \"Right\"}",
    "\"dropout\": 0.5",
    "\"continuing_subword_prefix\": \"a\"",
    "\"end_of_word_suffix\": \"b\"",
    "\"ignore_merges\": true",
    "\"special\": true",
    "4294967296",
    "-1"
  })
  @FuzzTest(maxDuration = "4m")
  void aTokenizerEncodesOrIsRefused(byte[] drawn) {
    byte[] json = LooseTokenizer.file(drawn);
    HostileFiles.overwrite(folder.resolve("tokenizer.json"), json);
    HostileFiles.judge(json.length, HEAP, TokenizerFuzzTest::use);
  }

  private static void use() {
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      tokenizer.decodeAll(tokenizer.encode(TEXT));
      tokenizer.decode(tokenizer.encodeWithSpecialTokens(TEXT));
      tokenizer.encodePlain(TEXT);
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        bytes(SMALL),
        bytes(WORDS),
        new byte[] {1, 0, 2, 0, 1, 2, 0, 2, 1, 3, 1, 0, 0},
        new byte[] {2, 1, 2, 1, 9, 1, 7, 1, 4, 2, 3, 4, 5, 4});
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
