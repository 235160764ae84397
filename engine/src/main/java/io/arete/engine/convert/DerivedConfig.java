package io.arete.engine.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.model.ClassifierJson;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.model.QuantizationConfig;
import java.nio.file.Path;

/** config.json of a model whose weights were made from those of another. */
final class DerivedConfig {

  private DerivedConfig() {}

  /**
   * The source's config.json for dense weights in that element type. If the model gives scores, it
   * becomes a classifier's, and the tokenizer files that lie in the target are told what fills up.
   *
   * @param model what the source's config.json says
   * @param target a folder with the source's tokenizer files
   * @param scores whether the model has a score head
   */
  static ObjectNode of(
      Path source, ModelConfig model, Path target, MergedDtype dtype, boolean scores) {
    ObjectNode config = (ObjectNode) ModelConfigReader.json(source);
    config.remove(QuantizationConfig.KEY);
    // The newer name and the older one: whoever knows only one shall read the truth.
    config.put("dtype", dtype.shortName());
    config.put("torch_dtype", dtype.shortName());
    if (scores) {
      ScorePadding padding = ScorePadding.choose(source, model.vocabulary());
      ClassifierJson.write(config, model.family(), padding.id());
      padding.tellTokenizer(target);
    }
    return config;
  }
}
