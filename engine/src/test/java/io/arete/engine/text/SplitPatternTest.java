package io.arete.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Published models' patterns are taken; those that never end, or that are hard to judge, are not.
 */
class SplitPatternTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Llama 3, Qwen2
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        // o200k
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        // cl100k, with its possessive signs
        "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
        // GPT-2, BLOOM, DeepSeek, StarCoder
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
        " ?[^(\\s|[.,!?…。，、।۔،])]+",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "(?=(\\d{3})+(?!\\d))",
        "[0-9][0-9][0-9]",
        "\\s?\\p{L}+",
        "[一-龥぀-ゟ゠-ヿ]+",
        "[\r\n]"
      })
  void publishedOnesAreTaken(String pattern) {
    assertThat(SplitPattern.fault(pattern)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "\\p{N}{1,3}+",
        "(a|a)*c",
        "((a?)){9}c",
        "a*a*a*c",
        "a{0,99}a{0,99}a*c",
        "a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaa",
        "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)c",
        "(a{1000}){1000}",
        "((a{99}){99}){99}",
        "(((((((((((((((((((a)))))))))))))))))))",
        "(?<x>a\\g<x>?)",
        "(a)\\1",
        "(?x:a # (\n b)",
        "(?#(",
        "[]a]",
        "[a",
        "(a",
        "a)",
        "a{,5}",
        "\\p{L",
        "\\"
      })
  void thoseThatMayNeverEndAreNot(String pattern) {
    assertThat(SplitPattern.fault(pattern)).isPresent();
  }
}
