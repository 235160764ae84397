package io.arete.engine.convert;

import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.tensor.Dtype;
import java.util.Locale;

/** In what a merged model's weights are written. */
public enum MergedDtype {
  BFLOAT16(StoredDtype.BF16),
  FLOAT32(StoredDtype.F32);

  private final StoredDtype stored;

  MergedDtype(StoredDtype stored) {
    this.stored = stored;
  }

  StoredDtype stored() {
    return stored;
  }

  /** Not a field: listing the choices in a help shall not load native code. */
  Dtype dtype() {
    return switch (this) {
      case BFLOAT16 -> Dtype.BFLOAT16;
      case FLOAT32 -> Dtype.FLOAT32;
    };
  }

  /** The name in config.json. */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
