package io.arete.engine.convert;

import io.arete.engine.checkpoint.GgufMetadata;
import java.util.OptionalLong;

/** The token ids with a role, each absent if the GGUF file does not name it. */
record SpecialTokens(OptionalLong begin, OptionalLong end, OptionalLong unknown, OptionalLong pad) {

  /** Reads the ids; each must lie in a vocabulary of {@code vocabulary} tokens. */
  static SpecialTokens from(GgufMetadata metadata, int vocabulary) {
    return new SpecialTokens(
        id(metadata, "bos", vocabulary),
        id(metadata, "eos", vocabulary),
        id(metadata, "unknown", vocabulary),
        id(metadata, "padding", vocabulary));
  }

  private static OptionalLong id(GgufMetadata metadata, String role, int vocabulary) {
    return metadata.optionalWhole("tokenizer.ggml." + role + "_token_id", 0, vocabulary - 1L);
  }
}
