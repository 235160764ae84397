package io.arete.rlaif.labeling;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which columns of a table hold its pairs.
 *
 * @param prompt what was asked; without it the sides are whole talks
 * @param first the one side; the preferred one, if the data says which
 * @param second the other side
 * @param preferred whether the data says which side is better
 * @param sureness the column that says how probably it is, if the first row has it; a row without
 *     it is certain
 * @param margin the column that says by how much the first should lead, where it is read
 * @param weight the column that says how much a pair counts in training, where it is read
 */
public record PairColumns(
    Optional<String> prompt,
    String first,
    String second,
    boolean preferred,
    Optional<String> sureness,
    Optional<String> margin,
    Optional<String> weight) {

  /** The column that says how surely the preferred side is better; a row may have it or not. */
  static final String SURENESS = "p";

  /** The columns that only training reads; rows of JSON lines may have them or not. */
  static final String MARGIN = "margin";

  static final String WEIGHT = "weight";

  private static final List<String> PROMPTS = List.of("prompt", "question", "instruction", "query");

  private static final List<Sides> SIDES =
      List.of(
          new Sides("chosen", "rejected", true),
          new Sides("a", "b", false),
          new Sides("first", "second", false),
          new Sides("response_0", "response_1", false),
          new Sides("response_a", "response_b", false),
          new Sides("response_1", "response_2", false),
          new Sides("answer_a", "answer_b", false));

  private record Sides(String first, String second, boolean preferred) {}

  /**
   * What was said of the columns; what was not is guessed.
   *
   * @param prompt the prompt's
   * @param chosen the better side's, together with {@code rejected}
   * @param rejected the worse side's
   * @param first of two sides of which none is known to be better, together with {@code second}
   * @param second of two such sides
   */
  public record Wanted(
      Optional<String> prompt,
      Optional<String> chosen,
      Optional<String> rejected,
      Optional<String> first,
      Optional<String> second) {

    /** All is guessed. */
    public static final Wanted NOTHING =
        new Wanted(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * Checks that sides come in pairs.
     *
     * @throws AreteException if one is missing, or both kinds are given
     */
    public Wanted {
      if (chosen.isPresent() != rejected.isPresent() || first.isPresent() != second.isPresent()) {
        throw new AreteException(
            "A side's column is missing; say --chosen-column with --rejected-column, or"
                + " --first-column with --second-column.");
      }
      if (chosen.isPresent() && first.isPresent()) {
        throw new AreteException(
            "Say either --chosen-column and --rejected-column, or --first-column and"
                + " --second-column.");
      }
    }

    private Optional<Sides> sides() {
      return chosen
          .map(name -> new Sides(name, rejected.orElseThrow(), true))
          .or(() -> first.map(name -> new Sides(name, second.orElseThrow(), false)));
    }
  }

  /**
   * Chooses among a table's columns.
   *
   * @param place the table, as messages call it
   * @throws AreteException that names the columns which are there, if those wanted are not, or no
   *     pair of known names is
   */
  public static PairColumns choose(String place, List<String> columns, Wanted wanted) {
    Function<String, String> given = name -> given(place, columns, name);
    Optional<String> prompt =
        wanted
            .prompt()
            .map(given)
            .or(() -> PROMPTS.stream().flatMap(name -> find(columns, name).stream()).findFirst());
    if (wanted.sides().isPresent()) {
      Sides sides = wanted.sides().get();
      return new PairColumns(
          prompt,
          given.apply(sides.first()),
          given.apply(sides.second()),
          sides.preferred(),
          sureness(columns, sides),
          Optional.empty(),
          Optional.empty());
    }
    for (Sides sides : SIDES) {
      Optional<String> first = find(columns, sides.first());
      Optional<String> second = find(columns, sides.second());
      if (first.isPresent() && second.isPresent()) {
        return new PairColumns(
            prompt,
            first.get(),
            second.get(),
            sides.preferred(),
            sureness(columns, sides),
            Optional.empty(),
            Optional.empty());
      }
    }
    throw new AreteException(
        place
            + " has no two columns of known names ("
            + SIDES.stream()
                .map(sides -> sides.first() + "/" + sides.second())
                .collect(Collectors.joining(", "))
            + "); it has "
            + listed(columns)
            + ". Say --first-column and --second-column, or --chosen-column and"
            + " --rejected-column.");
  }

  /**
   * The same with what training alone reads. Who labels does not: there another program's column of
   * that name is none of ours.
   */
  PairColumns withMarginAndWeight(List<String> columns) {
    return new PairColumns(
        prompt,
        first,
        second,
        preferred,
        sureness,
        Optional.of(MARGIN).filter(columns::contains),
        Optional.of(WEIGHT).filter(columns::contains));
  }

  /** What was taken for what, as a sentence. */
  public String told() {
    String sides =
        preferred
            ? "%s as the reply that was preferred, %s as the other"
            : "%s and %s as the replies, of which none is known to be better";
    return "Taking "
        + prompt.map(name -> VisibleText.line(name) + " as the prompt, ").orElse("")
        + sides.formatted(VisibleText.line(first), VisibleText.line(second))
        + sureness.map(name -> ", " + name + " as how probably it is better").orElse("")
        + margin.map(name -> ", " + name + " as by how much it should lead").orElse("")
        + weight.map(name -> ", " + name + " as how much the pair counts").orElse("")
        + (prompt.isPresent() ? "." : "; each is a whole talk, since no column is the prompt.");
  }

  /** All names, the prompt's first, then the sides'. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    prompt.ifPresent(names::add);
    names.add(first);
    names.add(second);
    sureness.ifPresent(names::add);
    margin.ifPresent(names::add);
    weight.ifPresent(names::add);
    return names;
  }

  private static Optional<String> sureness(List<String> columns, Sides sides) {
    return Optional.of(SURENESS).filter(name -> sides.preferred() && columns.contains(name));
  }

  private static String given(String place, List<String> columns, String name) {
    if (!columns.contains(name)) {
      throw new AreteException(
          place + " has no column " + VisibleText.line(name) + "; it has " + listed(columns) + ".");
    }
    return name;
  }

  /** By the very name, or else by one that differs in case alone. */
  private static Optional<String> find(List<String> columns, String name) {
    return columns.contains(name)
        ? Optional.of(name)
        : columns.stream().filter(name::equalsIgnoreCase).findFirst();
  }

  private static String listed(List<String> columns) {
    int most = 40;
    String names =
        columns.stream().limit(most).map(VisibleText::line).collect(Collectors.joining(", "));
    return columns.isEmpty() ? "none" : names + (columns.size() > most ? ", …" : "");
  }
}
