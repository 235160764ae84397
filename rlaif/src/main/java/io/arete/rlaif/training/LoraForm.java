package io.arete.rlaif.training;

import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.nn.Projection;
import io.arete.rlaif.config.LoraSettings;
import java.util.EnumSet;
import java.util.Set;

/** A recipe's adapter settings in the engine's words. */
public final class LoraForm {

  private LoraForm() {}

  /** The form of the adapter. */
  public static LoraConfig of(LoraSettings settings) {
    Set<Projection> targets = EnumSet.noneOf(Projection.class);
    settings.targets().forEach(target -> targets.add(projection(target)));
    return LoraConfig.of(settings.rank(), settings.alpha(), settings.dropout(), targets);
  }

  private static Projection projection(LoraSettings.Target target) {
    return switch (target) {
      case Q -> Projection.Q;
      case K -> Projection.K;
      case V -> Projection.V;
      case O -> Projection.O;
      case GATE -> Projection.GATE;
      case UP -> Projection.UP;
      case DOWN -> Projection.DOWN;
    };
  }
}
