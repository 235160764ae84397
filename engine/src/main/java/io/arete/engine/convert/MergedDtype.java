package io.arete.engine.convert;

import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.tensor.Dtype;
import java.util.Locale;

/** In what a merged model's weights are written. */
public enum MergedDtype {
  BFLOAT16(Dtype.BFLOAT16, StoredDtype.BF16),
  FLOAT32(Dtype.FLOAT32, StoredDtype.F32);

  private final Dtype dtype;
  private final StoredDtype stored;

  MergedDtype(Dtype dtype, StoredDtype stored) {
    this.dtype = dtype;
    this.stored = stored;
  }

  Dtype dtype() {
    return dtype;
  }

  StoredDtype stored() {
    return stored;
  }

  /** The name in config.json. */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
