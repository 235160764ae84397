package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.GeneralSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.estimate.Forecast.StageForecast;
import io.arete.rlaif.run.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the runs of a recipe will need, before any begins: of one run a line a stage, of seeds and a
 * grid a line a cell. What cells make of the same is counted once, for they make it once.
 */
public final class TreeForecast {

  private static final double GIBIBYTE = 1 << 30;
  private static final double MEBIBYTE = 1 << 20;
  private static final String ROW = "%-60s %5s %9s %11s %9s";

  private final RunTree tree;
  private final Optional<RunForecast> single;
  private final List<CellNeed> cells;

  /**
   * What a cell adds to those before it: bytes of memory at the highest, bytes of disk, seconds.
   */
  private record CellNeed(RunTree.Cell cell, double memory, double disk, double seconds) {}

  private TreeForecast(RunTree tree, Optional<RunForecast> single, List<CellNeed> cells) {
    this.tree = tree;
    this.single = single;
    this.cells = cells;
  }

  /**
   * Of what is asked; nothing is written.
   *
   * @throws io.arete.engine.AreteException if a file that the recipe names is missing or wrong
   */
  public static TreeForecast of(PipelineRequest request) {
    RunTree tree = RunTree.of(request.recipe(), request.folder());
    if (tree.isSingle()) {
      return new TreeForecast(tree, Optional.of(RunForecast.of(request, true)), List.of());
    }
    List<CellNeed> needs = new ArrayList<>();
    Set<String> counted = new HashSet<>();
    MachineSpeed speeds = new MachineSpeed();
    for (RunTree.Cell cell : tree.cells()) {
      needs.add(need(request, cell, counted, speeds));
    }
    return new TreeForecast(tree, Optional.empty(), needs);
  }

  private static CellNeed need(
      PipelineRequest request, RunTree.Cell cell, Set<String> counted, MachineSpeed speeds) {
    PipelineRequest asked =
        request.of(cell.recipe(), cell.folder(), Optional.empty(), request.to(), Donors.NONE);
    double memory = 0;
    double disk = 0;
    double seconds = 0;
    List<Long> seeds =
        cell.seeds().isEmpty() ? List.of(cell.recipe().general().seed()) : cell.seeds();
    for (StageForecast stage : RunForecast.of(asked, true, speeds).stages()) {
      memory = Math.max(memory, stage.memory().bytes());
      boolean ofAllSeeds = stage.stage().compareTo(Stage.FEEDBACK) <= 0;
      for (long seed : ofAllSeeds ? List.of(cell.recipe().general().seed()) : seeds) {
        if (counted.add(stage.stage() + " " + seed + "\n" + origin(cell.recipe(), stage.stage()))) {
          disk += stage.diskBytes();
          seconds += stage.seconds().orElse(0.0);
        }
      }
    }
    return new CellNeed(cell, memory, disk, seconds);
  }

  /** What a stage and those before it are made from, as the recipe has it. */
  private static String origin(Recipe recipe, Stage stage) {
    GeneralSection general = recipe.general();
    StringBuilder origin = new StringBuilder();
    origin.append(general.base()).append('\n').append(general.constitution()).append('\n');
    origin.append(general.tuning()).append(' ').append(general.dtype()).append('\n');
    origin.append(recipe.fingerprint("data")).append(recipe.fingerprint("sft"));
    origin.append(recipe.sft().conversations());
    if (stage.compareTo(Stage.FEEDBACK) >= 0) {
      origin.append(recipe.fingerprint("feedback"));
      if (recipe.feedback().source() == FeedbackSection.Source.HUMAN) {
        origin.append(recipe.reward().maxLength());
      }
    }
    if (stage.compareTo(Stage.REWARD) >= 0) {
      origin.append(recipe.fingerprint("reward"));
    }
    if (stage.compareTo(Stage.PPO) >= 0) {
      origin.append(recipe.fingerprint("ppo")).append(recipe.fingerprint("dpo"));
    }
    if (stage.compareTo(Stage.EVALUATION) >= 0) {
      origin.append(recipe.fingerprint("evaluation")).append(recipe.fingerprint("attack"));
    }
    return origin.toString();
  }

  /** The table. */
  public String text() {
    if (single.isPresent()) {
      return single.get().table();
    }
    TextTable text = new TextTable();
    text.line(ROW, "cell", "runs", "memory", "disk", "time");
    for (CellNeed need : cells) {
      row(text, need.cell().name(), need.cell().runs().size(), need);
    }
    row(text, "all", cells.stream().mapToInt(need -> need.cell().runs().size()).sum(), all());
    text.line(
        "%s",
        "Rough (docs/memory.md): memory is the highest stage's; disk and time are what a cell adds,"
            + " since stages made of the same are made once. Results that are there already are"
            + " counted, too. Nothing was run or written.");
    return text.toString();
  }

  private static void row(TextTable text, String name, int runs, CellNeed need) {
    long whole = Math.round(need.seconds());
    text.line(
        ROW,
        name.isEmpty() ? "seeds" : name,
        runs,
        TextTable.format("%.1f GiB", need.memory() / GIBIBYTE),
        TextTable.format("%.1f MiB", need.disk() / MEBIBYTE),
        TextTable.format("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60));
  }

  private CellNeed all() {
    return new CellNeed(
        tree.cells().get(0),
        cells.stream().mapToDouble(CellNeed::memory).max().orElse(0),
        cells.stream().mapToDouble(CellNeed::disk).sum(),
        cells.stream().mapToDouble(CellNeed::seconds).sum());
  }

  /** The same in bytes and seconds. */
  public ObjectNode json() {
    if (single.isPresent()) {
      return single.get().json();
    }
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    json(root, all());
    ArrayNode rows = root.putArray("cells");
    for (CellNeed need : cells) {
      ObjectNode row = rows.addObject();
      ObjectNode settings = row.putObject("settings");
      need.cell().settings().forEach(settings::put);
      json(row.put("runs", need.cell().runs().size()), need);
    }
    return root;
  }

  private static void json(ObjectNode row, CellNeed need) {
    row.put("highest_bytes", Math.round(need.memory()));
    row.put("disk_bytes", Math.round(need.disk()));
    row.put("seconds", need.seconds());
  }
}
