package io.arete.engine.nn;

/** The linear layers of a decoder block that an adapter may touch. */
public enum Projection {
  Q("q", "self_attn.q_proj"),
  K("k", "self_attn.k_proj"),
  V("v", "self_attn.v_proj"),
  O("o", "self_attn.o_proj"),
  GATE("gate", "mlp.gate_proj"),
  UP("up", "mlp.up_proj"),
  DOWN("down", "mlp.down_proj");

  private final String shortName;
  private final String moduleName;

  Projection(String shortName, String moduleName) {
    this.shortName = shortName;
    this.moduleName = moduleName;
  }

  /** Name in recipes, such as {@code q}. */
  public String shortName() {
    return shortName;
  }

  /** Name inside a block of a Hugging Face model, such as {@code self_attn.q_proj}. */
  public String moduleName() {
    return moduleName;
  }

  /** Last part of the module name, such as {@code q_proj}: what PEFT lists as a target. */
  public String targetName() {
    return moduleName.substring(moduleName.indexOf('.') + 1);
  }
}
