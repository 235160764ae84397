package io.arete.world.bank;

import io.arete.world.file.Fields;
import io.arete.world.text.Slots;
import io.arete.world.text.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes schemas of their YAML. */
final class SchemaReader {

  private final Aspects aspects;
  private final Slots slots;
  private final ClauseReader clauses;

  SchemaReader(Aspects aspects, Slots slots, ClauseReader clauses) {
    this.aspects = aspects;
    this.slots = slots;
    this.clauses = clauses;
  }

  Schema schema(String name, Fields root) {
    root.allowOnly("kind", "taught", "calls_for", "prompts", "action");
    Kind kind =
        Kind.valueOf(root.choice("kind", List.of("dilemma", "harm")).toUpperCase(Locale.ROOT));
    List<Template> prompts = root.texts("prompts").stream().map(Template::of).toList();
    List<Clause> actions = clauses.clauses(root.groups("action"));
    for (Template prompt : prompts) {
      checkSlots(root, prompt, actions);
    }
    return new Schema(
        name, kind, root.flag("taught"), callsFor(root.group("calls_for"), kind), prompts, actions);
  }

  private Map<String, String> callsFor(Fields group, Kind kind) {
    Map<String, List<String>> choices = aspects.of(kind);
    group.allowOnly(choices.keySet().toArray(new String[0]));
    Map<String, String> called = new LinkedHashMap<>();
    choices.forEach((aspect, stances) -> called.put(aspect, group.choice(aspect, stances)));
    return called;
  }

  /** A prompt must name every person or thing that the schema's clauses speak of. */
  private void checkSlots(Fields root, Template prompt, List<Clause> actions) {
    if (!slots.names().containsAll(prompt.slots())) {
      root.fault("the prompt \"" + prompt + "\" has a slot that is none of " + slots.names());
      return;
    }
    List<String> sorts = prompt.slots().stream().map(slot -> slots.sort(slot).name()).toList();
    for (String sort : List.copyOf(sorts)) {
      if (!prompt.slots().contains(sort)) {
        root.fault("the prompt \"" + prompt + "\" must hold {" + sort + "} in full");
      }
    }
    for (Clause clause : actions) {
      for (String slot : clause.say().slots()) {
        if (slots.names().contains(slot) && !sorts.contains(slots.sort(slot).name())) {
          root.fault("the prompt \"" + prompt + "\" lacks what {" + slot + "} stands for");
        }
      }
    }
    if (!sorts.contains("person")) {
      root.fault("the prompt \"" + prompt + "\" must name a {person}: shared clauses speak of one");
    }
  }
}
