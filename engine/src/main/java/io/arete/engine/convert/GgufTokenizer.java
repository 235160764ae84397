package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.GgufHeader;
import io.arete.engine.checkpoint.GgufMetadata;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** A tokenizer as the {@code tokenizer.*} metadata of a GGUF file, read and written. */
final class GgufTokenizer {

  private static final String PREFIX = "tokenizer.ggml.";
  private static final String CHAT_TEMPLATE = "tokenizer.chat_template";
  private static final String MODEL = "gpt2";

  private GgufTokenizer() {}

  /**
   * Reads and checks the tokenizer.
   *
   * @throws AreteException if it is of another kind, or its parts contradict each other
   */
  static ByteLevelTokenizer read(GgufMetadata metadata, RoleIds roles) {
    String model = metadata.text(PREFIX + "model");
    if (!model.equals(MODEL)) {
      throw new AreteException(
          "%s has the tokenizer %s, but only gpt2 (byte-level BPE) is imported"
              .formatted(metadata.file(), Quoted.of(model)));
    }
    for (String flag : List.of("add_space_prefix", "add_eos_token")) {
      if (metadata.flag(PREFIX + flag, false)) {
        throw new AreteException(
            "%s sets %s%s, but only false is imported".formatted(metadata.file(), PREFIX, flag));
      }
    }
    List<String> tokens = metadata.texts(PREFIX + "tokens");
    List<Long> kinds = metadata.wholes(PREFIX + "token_type");
    List<String> merges = metadata.texts(PREFIX + "merges");
    if (kinds.size() != tokens.size()) {
      throw new AreteException(
          "%s has %d tokens but %d token types; fetch it again"
              .formatted(metadata.file(), tokens.size(), kinds.size()));
    }
    WordRule rule = rule(metadata);
    ByteLevelTokenizer tokenizer =
        new ByteLevelTokenizer(
            tokens,
            kinds,
            merges,
            rule,
            beginsText(metadata, rule, roles),
            roles,
            metadata.optionalText(CHAT_TEMPLATE));
    Set<String> usable = usable(metadata.file(), tokenizer);
    merges.forEach(merge -> requireMerge(metadata.file(), merge, usable));
    return tokenizer;
  }

  /** Writes the tokenizer. */
  static void write(ByteLevelTokenizer tokenizer, GgufHeader header) {
    header.text(PREFIX + "model", MODEL);
    header.text(PREFIX + "pre", tokenizer.rule().ggufName());
    header.texts(PREFIX + "tokens", tokenizer.tokens());
    header.int32s(PREFIX + "token_type", tokenizer.kinds().stream().map(Long::intValue).toList());
    header.texts(PREFIX + "merges", tokenizer.merges());
    put(header, "bos", tokenizer.roles().begin());
    put(header, "eos", tokenizer.roles().end());
    put(header, "unknown", tokenizer.roles().unknown());
    put(header, "padding", tokenizer.roles().pad());
    header.flag(PREFIX + "add_bos_token", tokenizer.beginsText());
    header.flag(PREFIX + "add_eos_token", false);
    header.flag(PREFIX + "add_space_prefix", false);
    tokenizer.chatTemplate().ifPresent(template -> header.text(CHAT_TEMPLATE, template));
  }

  private static void put(GgufHeader header, String role, OptionalLong id) {
    id.ifPresent(value -> header.uint32(PREFIX + role + "_token_id", value));
  }

  private static WordRule rule(GgufMetadata metadata) {
    String name = metadata.text(PREFIX + "pre");
    return WordRule.named(name)
        .orElseThrow(
            () ->
                new AreteException(
                    "%s splits text by the rule %s, but only %s are imported"
                        .formatted(
                            metadata.file(),
                            Quoted.of(name),
                            Arrays.stream(WordRule.values()).map(WordRule::ggufName).toList())));
  }

  private static boolean beginsText(GgufMetadata metadata, WordRule rule, RoleIds roles) {
    boolean begins = metadata.flag(PREFIX + "add_bos_token", rule.beginsByDefault());
    if (begins && roles.begin().isEmpty()) {
      throw new AreteException(
          "%s begins every text with a token (%sadd_bos_token), but names none as %sbos_token_id"
              .formatted(metadata.file(), PREFIX, PREFIX));
    }
    return begins;
  }

  /** The tokens that a text can have. */
  private static Set<String> usable(Path file, ByteLevelTokenizer tokenizer) {
    Set<String> all = new HashSet<>();
    Set<String> usable = new HashSet<>();
    for (int id = 0; id < tokenizer.tokens().size(); id++) {
      String token = tokenizer.tokens().get(id);
      if (!all.add(token)) {
        throw new AreteException(
            "%s has the token %s twice; fetch it again".formatted(file, Quoted.of(token)));
      }
      if (!tokenizer.isFiller(id)) {
        usable.add(token);
      }
    }
    return usable;
  }

  private static void requireMerge(Path file, String merge, Set<String> tokens) {
    int space = merge.indexOf(' ');
    if (space < 0
        || !tokens.contains(merge.substring(0, space))
        || !tokens.contains(merge.substring(space + 1))
        || !tokens.contains(merge.substring(0, space) + merge.substring(space + 1))) {
      throw new AreteException(
          "%s merges %s, but parts and result must be tokens; fetch it again"
              .formatted(file, Quoted.of(merge)));
    }
  }
}
