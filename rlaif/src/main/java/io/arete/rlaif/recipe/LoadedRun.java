package io.arete.rlaif.recipe;

import io.arete.engine.chat.ChatModel;
import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.RunData;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;

/** A run's base model and data in memory. */
record LoadedRun(StageContext context) implements AutoCloseable {

  static LoadedRun load(
      Recipe recipe,
      RunFolder folder,
      Constitution constitution,
      BaseForm form,
      Dtype dtype,
      StageListener listener) {
    ChatModel model = ChatModel.load(recipe.general().base(), form, dtype, Device.CPU);
    try {
      RunData data = RunData.load(recipe, folder, model.encoder());
      return new LoadedRun(new StageContext(recipe, folder, model, constitution, data, listener));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public void close() {
    context.model().close();
  }
}
