package io.arete.engine.convert;

import io.arete.engine.model.BaseForm;
import io.arete.engine.model.Nf4Writer;
import java.nio.file.Path;

/** Makes a folder with NF4 weights of a model folder, for Arete and for bitsandbytes. */
public final class Quantisation {

  private Quantisation() {}

  /**
   * Writes the new folder {@code out}, whole or not at all: config.json, model.safetensors, and all
   * other files of the model but those that hold weights or are hidden.
   *
   * @param out absent or empty; its parents are created
   * @param form {@link BaseForm#NF4} or {@link BaseForm#NF4_SINGLE}
   * @throws io.arete.engine.AreteException if the model is not complete or quantised already, the
   *     folder is not empty, or the disk is full; {@code out} is then as before
   */
  public static void run(Path model, Path out, BaseForm form, Nf4Writer.Progress progress) {
    NewFolder.create(
        out,
        folder -> {
          Nf4Writer.write(model, folder, form, progress);
          OtherFiles.copy(model, folder);
        });
  }
}
