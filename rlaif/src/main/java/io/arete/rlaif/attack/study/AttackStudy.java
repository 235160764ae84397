package io.arete.rlaif.attack.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.attack.judge.JudgeTrial;
import io.arete.rlaif.attack.judge.ReplyJudge;
import io.arete.rlaif.attack.method.Attack;
import io.arete.rlaif.attack.method.AttackResult;
import io.arete.rlaif.attack.prompt.Behavior;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attacks systems, counts what the attacks came to, and compares the systems.
 *
 * <pre>
 * design.json       what was fixed before
 * transcript.jsonl  all that was said; harmful
 * summary.json      the numbers, without any text
 * </pre>
 */
public final class AttackStudy {

  private static final int RESAMPLES = 10_000;

  private final Path folder;
  private final StudyDesign design;
  private final List<ReplyJudge> judges;
  private final StageListener listener;

  /**
   * A study.
   *
   * @param folder where its files lie
   * @param judges the first one counts, the others are compared with it; none of them steers
   * @param listener told what begins
   */
  public AttackStudy(
      Path folder, StudyDesign design, List<ReplyJudge> judges, StageListener listener) {
    this.folder = folder;
    this.design = design;
    this.judges = List.copyOf(judges);
    this.listener = listener;
  }

  /** Where a study's log lies. */
  public static Path transcript(Path folder) {
    return folder.resolve("transcript.jsonl");
  }

  /**
   * Runs the study, or goes on with it.
   *
   * @param systems each is compared with those before it
   * @return what summary.json holds
   * @throws io.arete.engine.AreteException if the folder holds a study of another design
   */
  public ObjectNode run(List<StudySystem> systems) {
    design.fix(folder.resolve("design.json"), systems);
    List<SystemFindings> findings = systems.stream().map(this::findings).toList();
    listener.note("labelled replies");
    ReplyJudge counting = judges.get(0);
    ObjectNode summary =
        new StudySummary(
                counting.name(),
                judges.stream().skip(1).map(ReplyJudge::name).toList(),
                JudgeTrial.of(counting, design.labelled()),
                design,
                RESAMPLES,
                CountedRandom.of(design.seed()).at("attack study"))
            .of(findings);
    AtomicFile.writeText(folder.resolve("summary.json"), JsonFile.text(summary));
    return summary;
  }

  private SystemFindings findings(StudySystem system) {
    Map<String, List<AttackResult>> results = new LinkedHashMap<>();
    Map<String, Recount> recounts = new LinkedHashMap<>();
    Map<String, String> families = new LinkedHashMap<>();
    for (Attack attack : system.attacks()) {
      listener.note(system.name() + ": " + attack.name());
      List<AttackResult> found = attack.attack(design.harmful());
      List<Recount.Sent> best =
          found.stream().map(one -> new Recount.Sent(one.behavior(), one.best())).toList();
      results.put(attack.name(), found);
      families.put(attack.name(), attack.family());
      recounts.put(attack.name(), recount(system, "again/" + attack.name(), best));
    }
    listener.note(system.name() + ": harmless requests");
    List<Recount.Sent> plain = new ArrayList<>();
    for (Behavior one : design.harmless()) {
      plain.add(new Recount.Sent(one, Optional.of(one.request())));
    }
    return new SystemFindings(
        system.name(), results, recounts, families, recount(system, "harmless", plain));
  }

  private Recount recount(StudySystem system, String key, List<Recount.Sent> sent) {
    // The systems' replies have one key: what two systems draw alike is no difference between them.
    return Recount.of(key, sent, design.freshSamples(), system.target(), judges);
  }
}
