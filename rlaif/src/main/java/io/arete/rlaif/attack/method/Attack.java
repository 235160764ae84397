package io.arete.rlaif.attack.method;

import io.arete.rlaif.attack.prompt.Behavior;
import java.util.List;
import java.util.Map;

/** A way to look for prompts that make a target do what it should refuse. */
public interface Attack {

  /** What reports call it. */
  String name();

  /** The kind of attack that it is one of, by which reports put attacks together. */
  default String family() {
    return name();
  }

  /** What else decides its prompts, for the record of a study: settings, in one line. */
  String settings();

  /** How much it may try, by name: what a reader of a study may know, without words of prompts. */
  Map<String, Integer> budget();

  /** Attacks by each behavior; results in the order of the behaviors. */
  List<AttackResult> attack(List<Behavior> behaviors);
}
