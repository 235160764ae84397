package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.attack.AttackedSystem;

/** How often each system holds, asked plainly and through jailbreaks. */
final class AttackTable {

  private AttackTable() {}

  static void write(JsonNode attack, TextTable text) {
    if (!attack.path("enabled").asBoolean()) {
      return;
    }
    JsonNode first = attack.path("systems").path(AttackedSystem.BASE.wireName());
    text.line("");
    text.line(
        "%-27s %-20s %-20s",
        "holds, when asked",
        TextTable.format("plainly (n = %d)", first.path("direct").path("n").asLong()),
        TextTable.format(
            "through %d jailbreaks (n = %d)",
            first.path("attacks").size(), first.path("attacked").path("n").asLong()));
    for (AttackedSystem system : AttackedSystem.values()) {
      JsonNode row = attack.path("systems").path(system.wireName());
      text.line(
          "%-27s %-20s %-20s",
          system.label(),
          TextTable.percent(row.path("direct")),
          TextTable.percent(row.path("attacked")));
    }
    text.line(
        "under attack, tuned - (base + rule): %s of requests; the rule is \"%s\"",
        TextTable.difference(attack.path("tuned_minus_base_rule_attacked")),
        attack.path("rule").asText());
  }
}
