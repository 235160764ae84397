package io.arete.world.bank;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.Faults;
import io.arete.world.file.BankSource;
import io.arete.world.file.Fields;
import io.arete.world.text.Filling;
import io.arete.world.text.FillingSort;
import io.arete.world.text.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the bank of its YAML files. */
final class BankReader {

  private final BankSource source;

  BankReader(BankSource source) {
    this.source = source;
  }

  /** The bank; lists every fault of the first file that has any. */
  Bank bank() {
    Faults faults = new Faults("language");
    Fields root = Fields.parse(source.text("language"), "language", faults);
    root.allowOnly(
        "virtues",
        "aspects",
        "fillings",
        "splits",
        "closings",
        "frames",
        "grammar",
        "belief",
        "rule",
        "schemas");
    checkVirtues(root);
    Aspects aspects = Aspects.read(root.group("aspects"));
    Slots slots = slots(root.group("fillings"));
    Map<Kind, List<String>> closings = new EnumMap<>(Kind.class);
    Map<Kind, Map<Facet, Frame>> frames = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      closings.put(kind, root.group("closings").texts(kind.wireName()));
      frames.put(kind, frames(root.group("frames").group(kind.wireName())));
    }
    Fields splits = root.group("splits");
    SplitShares shares =
        new SplitShares(splits.number("watch", 0, 0.45), splits.number("verdict", 0, 0.45));
    GrammarNumbers grammar = grammar(root.group("grammar"));
    BeliefNumbers belief = belief(root.group("belief"));
    String rule = root.text("rule");
    List<String> names = root.texts("schemas");
    faults.throwIfAny();
    ClauseReader clauses = new ClauseReader(aspects, slots);
    Map<Facet, List<Clause>> general = general(clauses);
    List<Schema> schemas = schemas(names, new SchemaReader(aspects, slots, clauses));
    return new Bank(
        slots, closings, frames, general, schemas, wrappings(), rule, shares, grammar, belief);
  }

  private static void checkVirtues(Fields root) {
    List<String> expected =
        Arrays.stream(GoldVirtue.values()).map(GoldVirtue::wireName).collect(Collectors.toList());
    if (!root.texts("virtues").equals(expected)) {
      root.fault("virtues must be " + expected + ", in this order");
    }
  }

  private static Slots slots(Fields group) {
    List<FillingSort> sorts = new ArrayList<>();
    for (String name : group.keys()) {
      Fields sort = group.group(name);
      sort.allowOnly("brief_name", "brief", "start", "end");
      boolean startIsBrief = sort.choice("brief", List.of("start", "end")).equals("start");
      List<Filling> fillings = new ArrayList<>();
      for (String start : sort.texts("start")) {
        for (String end : sort.texts("end")) {
          fillings.add(new Filling(start + " " + end, startIsBrief ? start : end));
        }
      }
      sorts.add(new FillingSort(name, sort.text("brief_name"), fillings));
    }
    return new Slots(sorts);
  }

  private static Map<Facet, Frame> frames(Fields group) {
    Map<Facet, Frame> frames = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      Fields frame = group.group(facet.wireName());
      frame.allowOnly("openers", "joins");
      frames.put(facet, new Frame(frame.texts("openers"), frame.texts("joins")));
    }
    return frames;
  }

  private static GrammarNumbers grammar(Fields group) {
    group.allowOnly("lengths", "off_pole", "keep_pole", "own_action");
    List<Double> lengths = group.numbers("lengths", 3, 0, 1);
    if (Math.abs(lengths.stream().mapToDouble(share -> share).sum() - 1) > 1e-9) {
      group.fault("grammar.lengths must sum to 1");
    }
    return new GrammarNumbers(
        lengths,
        group.number("off_pole", 0, 1),
        group.number("keep_pole", 0, 1),
        group.number("own_action", 0, 1));
  }

  private static BeliefNumbers belief(Fields group) {
    group.allowOnly("seed", "clause_sd", "virtue_sd");
    return new BeliefNumbers(
        (long) group.number("seed", 0, 1e9),
        group.number("clause_sd", 0, 1),
        group.number("virtue_sd", 0, 1));
  }

  private Map<Facet, List<Clause>> general(ClauseReader reader) {
    Faults faults = new Faults("general");
    Fields root = Fields.parse(source.text("general"), "general", faults);
    root.allowOnly("action", "motivation", "consequences");
    Map<Facet, List<Clause>> clauses = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      clauses.put(facet, reader.clauses(root.groups(facet.wireName())));
    }
    faults.throwIfAny();
    return clauses;
  }

  private List<Schema> schemas(List<String> names, SchemaReader reader) {
    List<Schema> schemas = new ArrayList<>();
    for (String name : names) {
      Faults faults = new Faults("schemas/" + name);
      Fields root = Fields.parse(source.text("schemas/" + name), "schemas/" + name, faults);
      schemas.add(reader.schema(name, root));
      faults.throwIfAny();
    }
    return schemas;
  }

  private List<Wrapping> wrappings() {
    Faults faults = new Faults("wrappings");
    Fields group = Fields.parse(source.text("wrappings"), "wrappings", faults).group("wrappings");
    List<Wrapping> wrappings = new ArrayList<>();
    for (String name : group.keys()) {
      Fields fields = group.group(name);
      fields.allowOnly("taught", "wordings");
      Wrapping wrapping = new Wrapping(name, fields.flag("taught"), fields.texts("wordings"));
      if (!wrapping.wordings().stream().allMatch(text -> text.contains(Wrapping.PLACE))) {
        fields.fault("every wording of " + name + " must hold " + Wrapping.PLACE);
      }
      wrappings.add(wrapping);
    }
    faults.throwIfAny();
    return wrappings;
  }
}
