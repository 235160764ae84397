package io.arete.rlaif.attack.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Behaviors of a user's own file, told by its columns: {@code goal} and {@code target} (AdvBench),
 * {@code Behavior}, {@code ContextString} and {@code BehaviorID} (HarmBench), {@code prompt} and
 * {@code label} (XSTest, of which the safe or the other rows are read), or {@code request}. Its
 * group is {@code group}, {@code type} (XSTest) or {@code SemanticCategory} (HarmBench), if one is
 * there.
 */
public final class BehaviorFile {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,80}");

  private static final List<String> GROUPS = List.of("group", "type", "SemanticCategory");

  private static final List<String> BESIDE =
      Stream.concat(
              Stream.of("target", "ContextString", "BehaviorID", "id", "label"), GROUPS.stream())
          .toList();

  private static final int LONGEST_NAME = 30;

  private final boolean harmless;
  private final Set<String> ids = new HashSet<>();

  private BehaviorFile(boolean harmless) {
    this.harmless = harmless;
  }

  /**
   * Reads several files as one. Where there are several, ids begin with their file's name, and
   * behaviors in no group are in one of that name.
   *
   * @param limit the most behaviors of each file; 0 = all
   * @throws AreteException as {@link #read} does, or if two files give one id
   */
  public static List<Behavior> readAll(List<Path> files, boolean harmless, int limit) {
    if (files.size() == 1) {
      return read(files.get(0), harmless, limit);
    }
    Set<String> ids = new HashSet<>();
    List<Behavior> all = new ArrayList<>();
    for (Path file : files) {
      String name = name(file);
      for (Behavior one : read(file, harmless, limit)) {
        Behavior named = one.ofFile(name);
        if (!ids.add(named.id())) {
          throw new AreteException(
              "Two of the files "
                  + files
                  + " have the id "
                  + named.id()
                  + " (their names count up to "
                  + LONGEST_NAME
                  + " characters); give one another name.");
        }
        all.add(named);
      }
    }
    return all;
  }

  /** The file's name without its ending, as it can stand before an id. */
  private static String name(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "-");
    return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
  }

  /**
   * Reads a CSV, TSV, Parquet or JSON lines file.
   *
   * @param harmless whether it holds what should be granted: of a file with the column {@code
   *     label} the rows {@code safe}, otherwise the others
   * @param limit the most behaviors; 0 = all. Groups are taken from in turn, since files are often
   *     sorted by them
   * @throws AreteException if no column is known, a row is wrong, or none is left
   */
  public static List<Behavior> read(Path file, boolean harmless, int limit) {
    Table table = Table.of(file, Optional.empty());
    List<String> columns = table.columns();
    BehaviorFile reader = new BehaviorFile(harmless);
    String request =
        List.of("request", "goal", "Behavior", "prompt").stream()
            .filter(columns::contains)
            .findFirst()
            .orElseThrow(
                () ->
                    new AreteException(
                        file
                            + " has the columns "
                            + columns
                            + " but needs one of request, goal, Behavior and prompt."));
    List<Behavior> behaviors =
        table.read(
            Stream.concat(Stream.of(request), BESIDE.stream().filter(columns::contains)).toList(),
            0,
            (row, node) -> reader.behavior(row, node, request));
    if (behaviors.isEmpty()) {
      throw new AreteException(
          file + " holds no " + (harmless ? "safe" : "harmful") + " request; check its label.");
    }
    return limit == 0 || limit >= behaviors.size() ? behaviors : inTurn(behaviors, limit);
  }

  /** The first of every group, the second of every group, …; in the file's order. */
  private static List<Behavior> inTurn(List<Behavior> behaviors, int limit) {
    Map<String, Integer> seen = new HashMap<>();
    Map<Behavior, Integer> ranks = new LinkedHashMap<>();
    behaviors.forEach(one -> ranks.put(one, seen.merge(one.group(), 1, Integer::sum)));
    Set<Behavior> taken =
        ranks.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .limit(limit)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return behaviors.stream().filter(taken::contains).toList();
  }

  private Optional<Behavior> behavior(int row, ObjectNode node, String column) {
    String label = node.path("label").asText("").toLowerCase(Locale.ROOT);
    if (!label.isEmpty() && harmless != label.equals("safe")) {
      return Optional.empty();
    }
    String context = node.path("ContextString").asText("").strip();
    String request = node.path(column).asText("").strip();
    String whole = context.isEmpty() ? request : request + "\n\n" + context;
    String start = node.path("target").asText("").strip();
    String id = id(row, node);
    Behavior behavior = start.isEmpty() ? Behavior.of(id, whole) : new Behavior(id, whole, start);
    String group =
        GROUPS.stream()
            .map(name -> node.path(name).asText("").strip())
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return Optional.of(behavior.in(group, harmless));
  }

  /** The file's own name for it, where it has one that can stand in a report. */
  private String id(int row, ObjectNode node) {
    String given = node.path("BehaviorID").asText(node.path("id").asText(""));
    String id = ID.matcher(given).matches() ? given : "row-" + row;
    if (!ids.add(id)) {
      throw new AreteException("the id " + id + " stands there twice");
    }
    return id;
  }
}
