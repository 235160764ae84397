package io.arete.world.language;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Split;
import io.arete.world.bank.Bank;
import io.arete.world.bank.Schema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The world's prompts, numbered within each split and kind. Neighbouring numbers go round the
 * schemas of the kind and the forms of each, with other fillings each time.
 */
public final class WorldPrompts {

  private final Map<Split, Map<PromptKind, List<List<PromptSpace>>>> spaces =
      new EnumMap<>(Split.class);

  /** The prompts of that bank. */
  public WorldPrompts(Bank bank) {
    FillingSplits fillings = new FillingSplits(bank.slots().sorts(), bank.splits());
    for (Split split : Split.values()) {
      Map<PromptKind, List<List<PromptSpace>>> byKind = new EnumMap<>(PromptKind.class);
      for (PromptKind kind : PromptKind.values()) {
        List<List<PromptSpace>> schemas = new ArrayList<>();
        for (Schema schema : bank.schemas()) {
          if (kind.holds(schema)) {
            schemas.add(forms(bank, schema, fillings, split));
          }
        }
        byKind.put(kind, schemas);
      }
      spaces.put(split, byKind);
    }
  }

  /** How many different prompts of that kind a split has. */
  public long count(Split split, PromptKind kind) {
    return schemas(split, kind).stream().flatMap(List::stream).mapToLong(PromptSpace::size).sum();
  }

  /**
   * How many numbers, from 0, give prompts that are all different: less than {@link #count}, since
   * every form comes as often and the smallest is used up first.
   */
  public long differentNumbers(Split split, PromptKind kind) {
    List<List<PromptSpace>> schemas = schemas(split, kind);
    return schemas.stream()
        .flatMapToLong(forms -> forms.stream().mapToLong(form -> form.size() * forms.size()))
        .map(perForm -> perForm * schemas.size())
        .min()
        .orElse(0);
  }

  /**
   * A prompt by its number, from 0: always the same.
   *
   * @throws AreteException if the kind has no schema
   */
  public WorldPrompt prompt(Split split, PromptKind kind, long number) {
    List<List<PromptSpace>> schemas = schemas(split, kind);
    if (schemas.isEmpty() || number < 0) {
      throw new AreteException(
          "There is no prompt " + number + " of the kind " + kind + "; its bank has no schema.");
    }
    List<PromptSpace> forms = schemas.get((int) (number % schemas.size()));
    long round = number / schemas.size();
    return forms.get((int) (round % forms.size())).prompt(round / forms.size());
  }

  /** A prompt of a split, drawn by that key: every schema as often, taught or held out. */
  public WorldPrompt draw(Split split, CountedRandom key) {
    List<List<PromptSpace>> schemas = new ArrayList<>();
    for (PromptKind kind : PromptKind.values()) {
      schemas.addAll(schemas(split, kind));
    }
    List<PromptSpace> forms = schemas.get(key.below(schemas.size(), 0));
    PromptSpace form = forms.get(key.below(forms.size(), 1));
    return form.prompt((key.bits(2) >>> 1) % form.size());
  }

  private List<List<PromptSpace>> schemas(Split split, PromptKind kind) {
    return spaces.getOrDefault(split, Map.of()).getOrDefault(kind, List.of());
  }

  private static List<PromptSpace> forms(
      Bank bank, Schema schema, FillingSplits fillings, Split split) {
    List<PromptSpace> forms = new ArrayList<>();
    for (int form = 0; form < schema.prompts().size(); form++) {
      List<String> closings = bank.closings().getOrDefault(schema.kind(), List.of());
      forms.add(new PromptSpace(schema, form, closings, bank.slots(), fillings, split));
    }
    return forms;
  }
}
