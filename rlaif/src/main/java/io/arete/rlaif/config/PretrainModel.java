package io.arete.rlaif.config;

import io.arete.rlaif.file.Faults;

/**
 * The sizes of a Llama-form model; embedding and head are one.
 *
 * @param hidden width of the residual stream
 * @param layers blocks
 * @param heads query heads; divides {@code hidden}
 * @param keyHeads key and value heads; divides {@code heads}
 * @param inner width of the gated layer
 * @param context longest sequence in tokens
 */
public record PretrainModel(
    int hidden, int layers, int heads, int keyHeads, int inner, int context) {

  static final KeyList KEYS =
      new KeyList("model", "The sizes of a Llama-form model whose embedding is also its head");
  private static final Key<Integer> HIDDEN =
      KEYS.whole("hidden", 192, Range.of(8, 8192), "", "the width of the residual stream");
  private static final Key<Integer> LAYERS =
      KEYS.whole("layers", 4, Range.of(1, 256), "", "the number of blocks");
  private static final Key<Integer> HEADS =
      KEYS.whole("heads", 4, Range.of(1, 256), "", "query heads; hidden is divided among them");
  private static final Key<Integer> KEY_HEADS =
      KEYS.whole("key_heads", 4, Range.of(1, 256), "", "key and value heads; heads share them");
  private static final Key<Integer> INNER =
      KEYS.whole("inner", 512, Range.of(8, 65536), "", "the width of the feed-forward layer");
  private static final Key<Integer> CONTEXT =
      KEYS.whole("context", 512, Range.of(16, 131072), "tokens", "the longest sequence");

  static PretrainModel read(Values values) {
    return new PretrainModel(
        values.get(HIDDEN),
        values.get(LAYERS),
        values.get(HEADS),
        values.get(KEY_HEADS),
        values.get(INNER),
        values.get(CONTEXT));
  }

  /** The width of one head. */
  public int headWidth() {
    return hidden / heads;
  }

  void check(Faults faults) {
    if (hidden % heads != 0 || headWidth() % 2 != 0) {
      faults.add(
          "model.hidden is %d but must be an even multiple of model.heads %d"
              .formatted(hidden, heads));
    }
    if (heads % keyHeads != 0) {
      faults.add(
          "model.heads is %d but must be a multiple of model.key_heads %d"
              .formatted(heads, keyHeads));
    }
  }
}
