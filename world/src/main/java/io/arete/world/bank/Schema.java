package io.arete.world.bank;

import io.arete.world.text.Template;
import java.util.List;
import java.util.Map;

/**
 * A situation with names, objects and places left open.
 *
 * @param name of its file
 * @param kind dilemma or harm
 * @param taught whether fine-tuning, feedback and PPO may see it; the base model knows all
 * @param callsFor the stance that is right here, for every aspect of its kind
 * @param prompts ways to put it, each ending before the closing question
 * @param actions clauses of actions that apply here only
 */
public record Schema(
    String name,
    Kind kind,
    boolean taught,
    Map<String, String> callsFor,
    List<Template> prompts,
    List<Clause> actions) {

  /** Copies everything. */
  public Schema {
    callsFor = Map.copyOf(callsFor);
    prompts = List.copyOf(prompts);
    actions = List.copyOf(actions);
  }
}
