package io.arete.engine.adapter;

import io.arete.engine.model.Family;
import io.arete.engine.nn.Projection;
import java.util.List;
import java.util.stream.Collectors;

/** How PEFT names target layers: by the end of a module's name, cut at a dot. */
final class TargetModules {

  private TargetModules() {}

  /**
   * The layers of a family that a name means: GPT-2's {@code c_proj} means two of them, {@code
   * transformer.h.3.mlp.c_proj} one, of one block. That the other blocks have it too is seen by
   * their tensors.
   */
  static List<Projection> matching(Family family, String name) {
    return family.projections().stream().filter(one -> means(family, name, one)).toList();
  }

  /** The shortest name that means this layer and no other. */
  static String name(Family family, Projection projection) {
    String name = family.module(projection);
    for (int dot = name.lastIndexOf('.'); dot >= 0; dot = name.lastIndexOf('.', dot - 1)) {
      String shorter = name.substring(dot + 1);
      if (matching(family, shorter).size() == 1) {
        return shorter;
      }
    }
    return name;
  }

  /** The names of all layers of a family. */
  static String listed(Family family) {
    return family.projections().stream()
        .map(one -> name(family, one))
        .collect(Collectors.joining(", "));
  }

  private static boolean means(Family family, String name, Projection projection) {
    String module = family.module(projection);
    String blocks = family.names().base() + "." + family.names().blocks() + ".";
    return name.startsWith(blocks)
        ? name.substring(blocks.length()).replaceFirst("^[0-9]+[.]", "").equals(module)
        : ("." + module).endsWith("." + name);
  }
}
