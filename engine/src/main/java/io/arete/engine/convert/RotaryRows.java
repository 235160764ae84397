package io.arete.engine.convert;

/**
 * The order of the rows of a query or key weight {@code [heads · width, …]} whose family turns
 * neighbours in llama.cpp. Hugging Face turns row i of a head with row i + width/2; in GGUF these
 * two lie side by side, as rows 2i and 2i + 1.
 *
 * @param width rows of one head, even
 */
record RotaryRows(long width) {

  /** For {@code rows} rows of {@code heads} heads. */
  static RotaryRows of(long rows, int heads) {
    return new RotaryRows(rows / heads);
  }

  /** Where Hugging Face's row lies in GGUF. */
  long inGguf(long row) {
    long within = row % width;
    return row - within + 2 * (within % (width / 2)) + within / (width / 2);
  }

  /** Where GGUF's row lies in Hugging Face's weight. */
  long inHuggingFace(long row) {
    long within = row % width;
    return row - within + within % 2 * (width / 2) + within / 2;
  }
}
