package io.arete.rlaif.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.run.LiveTask;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import io.arete.rlaif.run.StageTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at a run again and again. */
public final class RunWatch {

  private static final String LOG = "metrics.jsonl";
  private static final List<String> LEARNING = List.of("loss", "accuracy");

  /** Below {@code reward/} a model may lie in the folder of its set and of its facet. */
  private static final int DEPTH = 4;

  private static final int MOST_REWARD_LOGS = 24;

  private final Path run;
  private final FollowedLog sft;
  private final Map<Path, FollowedLog> rewards = new LinkedHashMap<>();
  private final FollowedLog policy;
  private final FollowedLog looks;

  /** A run's folder, whatever is in it so far. */
  public RunWatch(Path run) {
    this.run = run;
    sft = new FollowedLog(Stage.SFT, "", run.resolve("sft").resolve(LOG), LEARNING);
    List<String> names = new ArrayList<>(List.of("reward"));
    for (Facet facet : Facet.values()) {
      names.add("score_" + facet.wireName());
    }
    names.addAll(List.of("kl_k1", "entropy"));
    names.addAll(LEARNING); // of DPO
    Path folder = run.resolve("policy");
    policy = new FollowedLog(Stage.PPO, "", folder.resolve(LOG), names);
    looks =
        new FollowedLog(
            Stage.PPO, "look", folder.resolve("looks.jsonl"), List.of("proxy", "watch", "truth"));
  }

  /**
   * The run as it is now.
   *
   * @throws AreteException if the folder is no run
   */
  public RunPicture look() {
    RunManifest manifest = RunManifest.ofRun(run);
    Optional<LiveTask> task = LiveTask.read(run).filter(one -> one.isAlive(run));
    return new RunPicture(
        state(manifest, task.isPresent()), stages(manifest), task, curves(), gates(), talk());
  }

  private static RunPicture.State state(RunManifest manifest, boolean alive) {
    if (alive) {
      return RunPicture.State.RUNNING;
    }
    if (has(manifest, StageRecord.State.STOPPED)) {
      return RunPicture.State.STOPPED;
    }
    if (has(manifest, StageRecord.State.RUNNING)) {
      return RunPicture.State.CUT;
    }
    return has(manifest, StageRecord.State.PENDING)
        ? RunPicture.State.RESTING
        : RunPicture.State.DONE;
  }

  private static boolean has(RunManifest manifest, StageRecord.State state) {
    return manifest.stages().values().stream().anyMatch(record -> record.state() == state);
  }

  private List<RunPicture.StageLine> stages(RunManifest manifest) {
    Map<Stage, Double> seconds = StageTimes.read(run.resolve("times.json"));
    List<RunPicture.StageLine> lines = new ArrayList<>();
    manifest
        .stages()
        .forEach(
            (stage, record) ->
                lines.add(
                    new RunPicture.StageLine(
                        stage, record.state(), seconds.getOrDefault(stage, 0.0), record.reason())));
    return lines;
  }

  private List<RunPicture.Curve> curves() {
    List<RunPicture.Curve> curves = new ArrayList<>(sft.curves());
    for (Path log : rewardLogs()) {
      curves.addAll(rewards.computeIfAbsent(log, this::rewardLog).curves());
    }
    curves.addAll(policy.curves());
    curves.addAll(looks.curves());
    return curves;
  }

  private FollowedLog rewardLog(Path log) {
    String model = run.resolve("reward").relativize(log.resolveSibling("")).toString();
    return new FollowedLog(Stage.REWARD, model.replace('\\', '/'), log, LEARNING);
  }

  private List<Path> rewardLogs() {
    Path folder = run.resolve("reward");
    try (Stream<Path> files = Files.find(folder, DEPTH, (file, kind) -> file.endsWith(LOG))) {
      return files.sorted().limit(MOST_REWARD_LOGS).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // not there yet, or being made anew
    }
  }

  private List<GateResult> gates() {
    List<GateResult> gates = new ArrayList<>();
    try {
      for (JsonNode row : JsonFile.readIfThere(run.resolve("gates.json")).path("gates")) {
        gates.add(GateResult.ofJson(row));
      }
    } catch (AreteException e) {
      return List.of(); // replaced in this moment
    }
    return gates;
  }

  private Optional<Talk> talk() {
    return Talk.newest(run);
  }
}
