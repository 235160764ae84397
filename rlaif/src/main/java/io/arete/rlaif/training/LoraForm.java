package io.arete.rlaif.training;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.model.Family;
import io.arete.engine.nn.Projection;
import io.arete.rlaif.config.LoraSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A recipe's adapter settings in the engine's words. */
public final class LoraForm {

  private LoraForm() {}

  /**
   * The form of the adapter.
   *
   * @param family what the base is
   * @throws AreteException if the settings name a layer that the base lacks
   */
  public static LoraConfig of(LoraSettings settings, Family family) {
    return LoraConfig.of(
        settings.rank(), settings.alpha(), settings.dropout(), targets(settings, family));
  }

  private static Set<Projection> targets(LoraSettings settings, Family family) {
    List<Projection> has = family.projections();
    if (settings.targets().containsAll(List.of(LoraSettings.Target.values()))) {
      return EnumSet.copyOf(has);
    }
    Set<Projection> targets = EnumSet.noneOf(Projection.class);
    for (LoraSettings.Target target : settings.targets()) {
      Projection projection = projection(target);
      if (!has.contains(projection)) {
        throw new AreteException(
            "the recipe's adapter targets name "
                + projection.shortName()
                + ", but the layers of a "
                + family.name()
                + " model are "
                + family.listed()
                + "; name some of these, or all.");
      }
      targets.add(projection);
    }
    return targets;
  }

  private static Projection projection(LoraSettings.Target target) {
    return switch (target) {
      case Q -> Projection.Q;
      case K -> Projection.K;
      case V -> Projection.V;
      case QKV -> Projection.QKV;
      case O -> Projection.O;
      case GATE -> Projection.GATE;
      case UP -> Projection.UP;
      case DOWN -> Projection.DOWN;
    };
  }
}
