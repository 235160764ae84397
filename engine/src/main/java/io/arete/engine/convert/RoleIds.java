package io.arete.engine.convert;

import io.arete.engine.checkpoint.GgufMetadata;
import java.util.OptionalLong;

/** The token ids with a role, each absent if nobody names it. */
record RoleIds(OptionalLong begin, OptionalLong end, OptionalLong unknown, OptionalLong pad) {

  /** Reads the ids of a GGUF file; each must lie in a vocabulary of {@code vocabulary} tokens. */
  static RoleIds from(GgufMetadata metadata, int vocabulary) {
    return new RoleIds(
        id(metadata, "bos", vocabulary),
        id(metadata, "eos", vocabulary),
        id(metadata, "unknown", vocabulary),
        id(metadata, "padding", vocabulary));
  }

  private static OptionalLong id(GgufMetadata metadata, String role, int vocabulary) {
    return metadata.optionalWhole("tokenizer.ggml." + role + "_token_id", 0, vocabulary - 1L);
  }
}
