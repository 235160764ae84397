package io.arete.world.bank;

import io.arete.world.file.Fields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What situations can call for: the stances of each aspect, by kind. */
record Aspects(Map<Kind, Map<String, List<String>>> byKind) {

  /** Reads them; a stance must belong to one aspect only, though both kinds may have the aspect. */
  static Aspects read(Fields group) {
    Map<Kind, Map<String, List<String>>> byKind = new EnumMap<>(Kind.class);
    Map<String, String> aspectOf = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      Map<String, List<String>> aspects = new LinkedHashMap<>();
      Fields named = group.group(kind.wireName());
      for (String aspect : named.keys()) {
        aspects.put(aspect, named.texts(aspect));
        for (String stance : named.texts(aspect)) {
          String other = aspectOf.putIfAbsent(stance, aspect);
          if (other != null && !other.equals(aspect)) {
            named.fault("the stance " + stance + " belongs to both " + other + " and " + aspect);
          }
        }
      }
      byKind.put(kind, aspects);
    }
    return new Aspects(byKind);
  }

  /** The stances of each aspect of that kind. */
  Map<String, List<String>> of(Kind kind) {
    return byKind.getOrDefault(kind, Map.of());
  }

  /** The aspect to which a stance belongs. */
  Optional<String> aspect(String stance) {
    return byKind.values().stream()
        .flatMap(aspects -> aspects.entrySet().stream())
        .filter(entry -> entry.getValue().contains(stance))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** All stances. */
  List<String> stances() {
    List<String> stances = new ArrayList<>();
    byKind.values().forEach(aspects -> aspects.values().forEach(stances::addAll));
    return stances.stream().distinct().toList();
  }
}
