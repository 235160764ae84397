package io.arete.engine.text.bpe;

/** What a special token is for, to the libraries that read the files. */
public enum TokenRole {
  /** Begins a text. */
  BEGIN("bos_token"),
  /** Ends a text or a turn; generation stops there. */
  END("eos_token"),
  /** Fills a batch up. */
  PADDING("pad_token"),
  /** Stands for what cannot be encoded; never produced here, but some models name one. */
  UNKNOWN("unk_token");

  private final String key;

  TokenRole(String key) {
    this.key = key;
  }

  /** The name in tokenizer_config.json and special_tokens_map.json. */
  public String key() {
    return key;
  }
}
