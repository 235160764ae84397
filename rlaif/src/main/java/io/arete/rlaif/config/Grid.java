package io.arete.rlaif.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keys with several values each, of which a recipe is to be run with every combination.
 *
 * @param axes in the order in which the recipe has them; the last one changes fastest
 */
public record Grid(List<Axis<?>> axes) {

  /** The most combinations. */
  public static final int MOST_CELLS = 64;

  static final Grid NONE = new Grid(List.of());

  /** Copies the axes. */
  public Grid {
    axes = List.copyOf(axes);
  }

  /**
   * One key's values.
   *
   * @param key which key
   * @param values at least one, all different
   * @param <T> the Java type of a value
   */
  public record Axis<T>(Key<T> key, List<T> values) {

    /** Copies the values. */
    public Axis {
      values = List.copyOf(values);
    }

    private Choice<T> choice(int place) {
      return new Choice<>(key, values.get(place));
    }

    /** As YAML. */
    String print() {
      return values.stream()
          .map(key.kind()::print)
          .collect(Collectors.joining(", ", key.path() + ": [", "]"));
    }
  }

  /** A key with one of its values. */
  private record Choice<T>(Key<T> key, T value) {

    void into(Values.Builder values) {
      values.put(key, value);
    }
  }

  /**
   * A combination of values.
   *
   * @param settings the values as a recipe writes them, by key, in the axes' order
   * @param recipe with these values, without a grid
   */
  public record Cell(Map<String, String> settings, Recipe recipe) {}

  /** Whether there is anything to combine. */
  public boolean isEmpty() {
    return axes.isEmpty();
  }

  /** How many combinations there are; 1 without axes. */
  public long size() {
    long size = 1;
    for (Axis<?> axis : axes) {
      size = Math.min(Integer.MAX_VALUE, size * axis.values().size());
    }
    return size;
  }

  /** Every combination, each on top of those values. */
  List<Cell> cells(Values values) {
    List<Cell> cells = new ArrayList<>();
    for (int number = 0; number < size(); number++) {
      Values.Builder cell = values.toBuilder();
      Map<String, String> settings = new LinkedHashMap<>();
      for (Choice<?> choice : choices(number)) {
        choice.into(cell);
      }
      cell.put(GeneralSection.GRID, NONE);
      Values built = cell.build();
      axes.forEach(axis -> settings.put(axis.key().path(), built.print(axis.key())));
      cells.add(new Cell(settings, new Recipe(built)));
    }
    return cells;
  }

  /** One value of each axis: the digits of a number whose last digit is the last axis. */
  private List<Choice<?>> choices(int number) {
    List<Choice<?>> choices = new ArrayList<>();
    int rest = number;
    for (int i = axes.size() - 1; i >= 0; i--) {
      Axis<?> axis = axes.get(i);
      choices.add(axis.choice(rest % axis.values().size()));
      rest /= axis.values().size();
    }
    return choices;
  }
}
