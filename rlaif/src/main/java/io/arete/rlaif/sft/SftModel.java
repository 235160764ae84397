package io.arete.rlaif.sft;

import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.model.DecoderModel;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.util.List;

/** The model after supervised fine-tuning: what all later stages stand on. */
public final class SftModel implements AutoCloseable {

  private final DecoderModel model;
  private final List<Adapter> adapters;

  private SftModel(DecoderModel model, List<Adapter> adapters) {
    this.model = model;
    this.adapters = adapters;
  }

  /**
   * Loads the run's adapter; none if the recipe turns the stage off.
   *
   * @throws io.arete.engine.AreteException if the stage has not left one
   */
  public static SftModel open(StageContext context) {
    DecoderModel model = context.model().decoder();
    return new SftModel(
        model,
        context.recipe().sft().enabled()
            ? List.of(
                AdapterFiles.read(
                    context.folder().stage(Stage.SFT), model.config(), model.device()))
            : List.of());
  }

  /** The stack, which lives until this is closed: one adapter, or the plain base. */
  public AdapterStack stack() {
    return new AdapterStack(adapters);
  }

  /** The stack for inference in the base's element type. The caller closes it. */
  public FrozenStack frozen() {
    return stack().frozen(model.config().layers(), model.dtype());
  }

  @Override
  public void close() {
    adapters.forEach(Adapter::close);
  }
}
