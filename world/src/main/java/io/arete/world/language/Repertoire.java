package io.arete.world.language;

import io.arete.rlaif.data.Facet;
import io.arete.world.bank.Bank;
import io.arete.world.bank.Clause;
import io.arete.world.bank.Schema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be said in situations of each schema, facet by facet, and what it is worth there. */
public final class Repertoire {

  private final Map<String, Map<Facet, List<SituatedClause>>> bySchema = new HashMap<>();

  /** The clauses of that bank in each of its schemas. */
  public Repertoire(Bank bank) {
    BeliefError error = new BeliefError(bank.belief());
    for (Schema schema : bank.schemas()) {
      Map<Facet, List<SituatedClause>> byFacet = new EnumMap<>(Facet.class);
      for (Facet facet : Facet.values()) {
        List<SituatedClause> clauses = new ArrayList<>();
        if (facet == Facet.ACTION) {
          situate(schema.actions(), schema, true, error, clauses);
        }
        situate(bank.clauses().getOrDefault(facet, List.of()), schema, false, error, clauses);
        byFacet.put(facet, List.copyOf(clauses));
      }
      bySchema.put(schema.name(), byFacet);
    }
  }

  /** Every clause of a facet that applies to the schema: its own first. */
  public List<SituatedClause> clauses(Schema schema, Facet facet) {
    return bySchema.getOrDefault(schema.name(), Map.of()).getOrDefault(facet, List.of());
  }

  private static void situate(
      List<Clause> from, Schema schema, boolean own, BeliefError error, List<SituatedClause> into) {
    for (Clause clause : from) {
      clause
          .gold(schema)
          .ifPresent(
              gold ->
                  into.add(
                      new SituatedClause(
                          clause.say(),
                          gold,
                          clause.belief().orElseGet(() -> error.believed(clause, gold)),
                          clause.aspect(),
                          own,
                          clause.belief().isPresent())));
    }
  }
}
