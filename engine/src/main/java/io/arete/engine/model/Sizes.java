package io.arete.engine.model;

/** The largest sizes that config.json may claim: beyond them a product of two overflows. */
final class Sizes {

  static final int HIDDEN = 1 << 16;
  static final int HEADS = 1 << 12;
  static final int HEAD_WIDTH = 1 << 12;
  static final int INNER = 1 << 20;
  static final int LAYERS = 1 << 10;
  static final int VOCABULARY = 1 << 22;
  static final int POSITIONS = 1 << 24;

  private Sizes() {}

  /** Width of a head where nothing else is said; the hidden width must be heads times it. */
  static int headWidth(ConfigJson json, String hiddenKey, int hidden, String headsKey, int heads) {
    if (hidden % heads != 0) {
      throw json.fault(headsKey + " " + heads, "a divisor of " + hiddenKey + " " + hidden);
    }
    return hidden / heads;
  }
}
