package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.PairSides;
import io.arete.rlaif.data.Sureness;
import io.arete.rlaif.table.Table;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pairs of a table.
 *
 * @param file where they come from
 * @param columns which columns they were read from
 * @param pairs in the order of the rows
 * @param dropped rows that are whole but hold no usable pair, by reason
 */
public record GivenPairs(
    Path file, PairColumns columns, List<GivenPair> pairs, Map<String, Integer> dropped) {

  /** More rows than these are refused, unless fewer are asked for. */
  static final int MOST_ROWS = 1_000_000;

  /** Copies pairs and counts. */
  public GivenPairs {
    pairs = List.copyOf(pairs);
    dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
  }

  /**
   * Reads them.
   *
   * @throws AreteException that names the first row of another form, or says that no pair is left
   */
  public static GivenPairs read(PairSource source) {
    Table table = Table.of(source.file(), source.delimiter());
    return read(source, table, columns(source, table), GivenPairs::pair);
  }

  /**
   * As {@link #read}, with margins and weights where a row has them.
   *
   * @throws AreteException also if a margin or a weight is no such number
   */
  public static GivenPairs readToTrain(PairSource source) {
    Table table = Table.of(source.file(), source.delimiter());
    PairColumns columns = columns(source, table).withMarginAndWeight(table.columns());
    return read(source, table, columns, GivenPairs::weighted);
  }

  private static PairColumns columns(PairSource source, Table table) {
    return PairColumns.choose(source.file().toString(), table.columns(), source.wanted());
  }

  /** Makes a pair of a row whose sides can be used. */
  private interface PairReader {
    GivenPair of(String id, ObjectNode row, PairSides sides, PairColumns columns);
  }

  private static GivenPairs read(
      PairSource source, Table table, PairColumns columns, PairReader reader) {
    Map<String, Integer> dropped = new TreeMap<>();
    List<GivenPair> pairs =
        table.read(
            columns.names(),
            source.limit(),
            (number, row) -> {
              if (number > MOST_ROWS && source.limit() == 0) {
                throw new AreteException("more than " + MOST_ROWS + " rows; say --limit N");
              }
              PairSides sides = sides(row, columns);
              Optional<String> fault = fault(sides);
              fault.ifPresent(reason -> dropped.merge(reason, 1, Integer::sum));
              return fault.isPresent()
                  ? Optional.empty()
                  : Optional.of(reader.of(id(number), row, sides, columns));
            });
    if (pairs.isEmpty()) {
      throw new AreteException(
          source.file() + " holds no usable pair; its rows fail because " + dropped.keySet() + ".");
    }
    return new GivenPairs(source.file(), columns, pairs, dropped);
  }

  /** How many rows were read. */
  int rows() {
    return pairs.size() + dropped.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String id(int number) {
    return String.format(Locale.ROOT, "row-%06d", number);
  }

  private static GivenPair pair(String id, ObjectNode row, PairSides sides, PairColumns columns) {
    return new GivenPair(id, sides, sureness(row, columns), 0, 1);
  }

  /** As {@link #pair}, and what training alone reads. */
  private static GivenPair weighted(
      String id, ObjectNode row, PairSides sides, PairColumns columns) {
    double margin = number(row, PairColumns.MARGIN, 0);
    if (!Double.isFinite(margin)) {
      throw wrong(row, PairColumns.MARGIN, "a number");
    }
    double weight = number(row, PairColumns.WEIGHT, 1);
    if (!(weight > 0 && Double.isFinite(weight))) {
      throw wrong(row, PairColumns.WEIGHT, "a number above 0");
    }
    return new GivenPair(id, sides, sureness(row, columns), margin, weight);
  }

  private static double number(ObjectNode row, String name, double otherwise) {
    return row.hasNonNull(name) ? number(row.get(name)) : otherwise;
  }

  /** Without quotes a CSV file's numbers come as texts. */
  private static double number(JsonNode cell) {
    return cell.isNumber() || cell.isTextual() ? cell.asDouble(Double.NaN) : Double.NaN;
  }

  private static AreteException wrong(ObjectNode row, String name, String allowed) {
    return new AreteException(
        "the field " + name + " is " + cell(row, name) + " but must be " + allowed);
  }

  /** Rows of JSON lines are looked at themselves: the first may lack what others have. */
  private static double sureness(ObjectNode row, PairColumns columns) {
    String name = PairColumns.SURENESS;
    return columns.preferred() && row.hasNonNull(name) ? Sureness.of(name, row.get(name)) : 1;
  }

  private static PairSides sides(ObjectNode row, PairColumns columns) {
    return PairSides.of(
        columns.prompt().map(name -> cell(row, name)),
        columns.first(),
        cell(row, columns.first()),
        columns.second(),
        cell(row, columns.second()));
  }

  /** An empty cell is an empty text, for which the pair is dropped and counted. */
  private static JsonNode cell(ObjectNode row, String name) {
    JsonNode cell = row.get(name);
    if (cell == null) {
      throw new AreteException("the field " + name + " is missing");
    }
    return cell.isNull() ? JsonNodeFactory.instance.textNode("") : cell;
  }

  private static Optional<String> fault(PairSides sides) {
    return sides
        .fault()
        .or(
            () ->
                sides.prompt().firstWords().isEmpty()
                    ? Optional.of("the prompt is empty")
                    : Optional.empty());
  }
}
