package io.arete.rlaif.pretraining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.model.ModelWriter;
import io.arete.engine.model.TrainableWeights;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import java.nio.file.Path;

/** Writes the model's share of its folder; the tokenizer's is there already. */
final class ModelExport {

  private ModelExport() {}

  /** Writes weights, configuration, generation settings and card, each file whole or not at all. */
  static void write(Path folder, TrainableWeights weights, ChatForm form, String card) {
    // Nothing stands before the first mark. GPT-2 names its end as its beginning in such a case.
    ModelWriter.write(
        folder, weights, new ModelWriter.SpecialIds(form.end(), form.end(), form.padding()));
    ObjectNode generation = JsonNodeFactory.instance.objectNode();
    generation.put("bos_token_id", form.end());
    generation.put("do_sample", true);
    generation.put("eos_token_id", form.end());
    generation.put("pad_token_id", form.padding());
    generation.put("temperature", 1.0);
    AtomicFile.writeText(folder.resolve("generation_config.json"), JsonFile.text(generation));
    AtomicFile.writeText(folder.resolve("README.md"), card);
  }
}
