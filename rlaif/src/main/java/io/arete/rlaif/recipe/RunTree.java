package io.arete.rlaif.recipe;

import io.arete.rlaif.config.Grid;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.run.Digests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The runs that a recipe with {@code seeds} or a {@code grid} asks for, and where they lie.
 *
 * <pre>
 * NAME/                  without a grid: the run that makes the feedback
 *   seeds/SEED/          a whole run: its sft/ and feedback/ are the files of NAME
 * NAME/                  with a grid: the recipe and the table
 *   cells/SETTINGS/      a whole run, or with seeds/ below it
 * </pre>
 *
 * @param root the folder of all
 * @param cells in the grid's order; one without settings if there is no grid
 */
public record RunTree(Path root, List<Cell> cells) {

  private static final String CELLS = "cells";
  private static final String SEEDS = "seeds";
  private static final int LONGEST_NAME = 120;
  private static final int DIGITS = 8;

  /** Copies the cells. */
  public RunTree {
    cells = List.copyOf(cells);
  }

  /**
   * One combination of the grid's values.
   *
   * @param settings the values by key
   * @param recipe with these values
   * @param folder of its runs
   */
  public record Cell(Map<String, String> settings, Recipe recipe, Path folder) {

    /** Copies the settings, in their order. */
    public Cell {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The seeds to train with; empty if there is one run with the recipe's seed. */
    public List<Long> seeds() {
      return recipe.general().seeds();
    }

    /** The run of a seed. */
    public Path run(long seed) {
      return folder.resolve(SEEDS).resolve(Long.toString(seed));
    }

    /** The runs with a policy of their own. */
    public List<Path> runs() {
      return seeds().isEmpty() ? List.of(folder) : seeds().stream().map(this::run).toList();
    }

    /** The settings as people read them. */
    public String name() {
      return settings.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + entry.getValue())
          .collect(Collectors.joining(", "));
    }
  }

  /** What a recipe asks for. */
  public static RunTree of(Recipe recipe, Path root) {
    List<Cell> cells = new ArrayList<>();
    for (Grid.Cell cell : recipe.cells()) {
      Path folder =
          cell.settings().isEmpty()
              ? root
              : root.resolve(CELLS).resolve(folderName(cell.settings()));
      cells.add(new Cell(cell.settings(), cell.recipe(), folder));
    }
    return new RunTree(root, cells);
  }

  /**
   * Whether a folder holds several runs, as its recipe asked.
   *
   * @throws io.arete.engine.AreteException if there are several and the recipe there is wrong
   */
  public static boolean isTree(Path folder) {
    boolean several =
        Files.isDirectory(folder.resolve(CELLS)) || Files.isDirectory(folder.resolve(SEEDS));
    return several && Files.exists(folder.resolve("recipe.yaml")) && !ofFolder(folder).isSingle();
  }

  /** The tree of a folder for which {@link #isTree} holds. */
  public static RunTree ofFolder(Path folder) {
    return of(RecipeReader.read(folder.resolve("recipe.yaml"), List.of()), folder);
  }

  /** Whether there is but one run, in the folder itself. */
  public boolean isSingle() {
    return !hasGrid() && cells.get(0).seeds().isEmpty();
  }

  /** Whether settings differ. */
  public boolean hasGrid() {
    return !cells.get(0).settings().isEmpty();
  }

  /** All folders in which there is a run, those that only make feedback, too. */
  public List<Path> begun() {
    List<Path> folders = new ArrayList<>();
    for (Cell cell : cells) {
      folders.add(cell.folder());
      cell.seeds().forEach(seed -> folders.add(cell.run(seed)));
    }
    folders.removeIf(folder -> !Files.exists(folder.resolve("run.json")));
    return folders;
  }

  /** The same for the same settings, whatever else the grid has. */
  private static String folderName(Map<String, String> settings) {
    String whole =
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("+"));
    String plain = whole.replaceAll("[^A-Za-z0-9._=+-]", "_");
    if (plain.equals(whole) && plain.length() <= LONGEST_NAME) {
      return plain;
    }
    String digest = Digests.text(whole).substring(0, DIGITS);
    return plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + "-" + digest;
  }
}
