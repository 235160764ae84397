package io.arete.rlaif.labeling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.HumanPairs;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.feedback.Committee;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.Labeler;
import io.arete.rlaif.feedback.LabelerWork;
import io.arete.rlaif.feedback.LogOddsVote;
import io.arete.rlaif.feedback.VoteAveraging;
import io.arete.rlaif.feedback.WeightedVote;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.stage.NotingListener;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairLabelingTest {

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Prefers the longer text, leans towards the first, and cannot read what is very long. */
  private static final class Longer implements Labeler {

    private final List<Comparison> seen = new ArrayList<>();
    private int callsLeft;

    Longer(int calls) {
      this.callsLeft = calls;
    }

    @Override
    public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
      if (callsLeft-- == 0) {
        throw new Killed();
      }
      seen.addAll(comparisons);
      return comparisons.stream().map(Longer::judge).toList();
    }

    private static Optional<Judgement> judge(Comparison shown) {
      double signal = (shown.first().length() - shown.second().length()) / 10.0;
      return shown.first().length() > 90
          ? Optional.empty()
          : Optional.of(
              new Judgement(
                  List.of(
                      new WeightedVote("honesty", 1, new LogOddsVote(signal + 0.5, -signal + 0.5))),
                  0.9));
    }

    @Override
    public LabelerWork work() {
      return new LabelerWork(2L * seen.size(), seen.size(), seen.size());
    }
  }

  @TempDir private Path folder;
  private final Set<String> forced = new TreeSet<>();

  @Test
  void theBetterReplyIsChosenAndItsNumbersSpeakForIt() throws IOException {
    // Chosen is the shorter one in the data, so that this labeler agrees with nobody.
    run("out", pairs(40, "short", "a longer reply"), new Longer(99));
    List<ObjectNode> rows = rows(folder.resolve("out/pairs.jsonl"));
    assertThat(rows).hasSize(40);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.path("chosen").asText()).startsWith("a longer reply");
              assertThat(row.path("log_odds").asDouble()).isCloseTo(0.9, within(1e-9));
              assertThat(row.path("p").asDouble()).isCloseTo(0.7109, within(1e-4));
              assertThat(row.path("votes").path("honesty").asDouble()).isCloseTo(0.9, within(1e-9));
              assertThat(row.path("agrees_with_given").asBoolean()).isFalse();
            });
    assertThat(HumanPairs.read(folder.resolve("out/pairs.jsonl"), 0).pairs()).hasSize(40);
  }

  @Test
  void whichSideTheDataPrefersCannotBeSeen() throws IOException {
    Longer labeler = new Longer(999);
    ObjectNode report = run("out", pairs(400, "aaa", "bbb"), labeler);
    long first = labeler.seen.stream().filter(shown -> shown.first().startsWith("aaa")).count();
    // A fair coin lands outside of this once in ten thousand times; the draw is fixed.
    assertThat(first).isBetween(160L, 240L);
    JsonNode shown = report.path("labels").path("preferred_shown_first");
    assertThat(shown.path("count").asLong()).isEqualTo(first);
    assertThat(shown.path("n").asInt()).isEqualTo(400);
  }

  @Test
  void tiesAndUnreadPairsAreLeftOutAndCounted() throws IOException {
    Path file = folder.resolve("mixed.jsonl");
    Files.writeString(
        file, row("same", "emas") + row("a", "a longer one") + row("x".repeat(95), "y".repeat(95)));
    ObjectNode report = run("out", file, new Longer(99));
    JsonNode labels = report.path("labels");
    assertThat(labels.path("pairs").asInt()).isEqualTo(3);
    assertThat(labels.path("ties").asInt()).isEqualTo(1);
    assertThat(labels.path("too_long").asInt()).isEqualTo(1);
    assertThat(labels.path("kept").asInt()).isEqualTo(1);
    assertThat(labels.path("position_bias_nats").path("mean").asDouble())
        .isCloseTo(0.5, within(1e-9));
    assertThat(labels.path("agrees_with_people").path("n").asInt()).isEqualTo(2);
    assertThat(rows(folder.resolve("out/pairs.jsonl"))).hasSize(1);
    assertThat(rows(folder.resolve("out/judgements.jsonl"))).hasSize(3);
    assertThat(LabelingTable.ofLabeler(report))
        .contains("ties", "order decided", "first-slot share", "agrees with people");
  }

  @Test
  void peoplesPairsComeFirst() throws IOException {
    Path calibration = pairs(20, "people like this one", "not so");
    Path pairs = folder.resolve("more.jsonl");
    Files.writeString(pairs, "{\"prompt\":\"Q\",\"a\":\"one\",\"b\":\"two words\"}\n");
    Longer labeler = new Longer(99);
    List<String> notes = new ArrayList<>();
    StageListener listener = new NotingListener(notes);
    ObjectNode report =
        PairLabeling.run(
            plan("out", PairSource.of(pairs), Optional.of(calibration)),
            before -> labeler,
            listener);
    assertThat(labeler.seen).hasSize(21);
    assertThat(labeler.seen.get(20).prompt()).isEqualTo("Q");
    assertThat(notes).anyMatch(note -> note.contains("agrees with people on 20 of 20 pairs"));
    assertThat(report.path("calibration").path("labels").path("agrees_with_people").path("share"))
        .hasToString("1.0");
    assertThat(report.path("labels").has("agrees_with_people")).isFalse();
    assertThat(LabelingTable.ofLabeler(report)).contains("calibration");
  }

  /** Labels may say that the reply called chosen is the worse one; people agree all the same. */
  @Test
  void peoplesPairsAreReadAsTheirLabelsSay() throws IOException {
    StringBuilder turned = new StringBuilder();
    for (int i = 100; i < 120; i++) {
      turned.append(row("x" + i, "a longer one" + i).replace("}", ",\"p\":0.1}"));
    }
    turned.append(row("x", "as good, and longer").replace("}", ",\"p\":0.5}"));
    Path known = Files.writeString(folder.resolve("known.jsonl"), turned);
    ObjectNode report =
        PairLabeling.run(
            plan("out", PairSource.of(pairs(4, "short", "a longer reply")), Optional.of(known)),
            before -> new Longer(99),
            StageListener.SILENT);
    JsonNode agrees = report.path("calibration").path("labels").path("agrees_with_people");
    assertThat(agrees.path("count").asInt()).isEqualTo(20);
    assertThat(agrees.path("n").asInt()).isEqualTo(20);
  }

  @Test
  void aLabelerThatMayBeACoinIsStoppedBeforeMostIsSpentUnlessItIsForced() throws IOException {
    // People prefer the shorter one here, so this labeler agrees with nobody.
    Path known = Files.copy(pairs(30, "x", "a longer one"), folder.resolve("known.jsonl"));
    PairSource source = PairSource.of(pairs(100, "short", "longer"));
    LabelingPlan plan = plan("out", source, Optional.of(known));
    Longer labeler = new Longer(99);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> PairLabeling.run(plan, before -> labeler, StageListener.SILENT))
          .isInstanceOf(GateStop.class)
          .hasMessageContainingAll(
              "The gate agreement (action) stopped the labeling",
              "agreement with people 0.000",
              "--calibration",
              "--force agreement");
      // Asked once, though begun twice.
      assertThat(labeler.seen).hasSize(30);
    }
    assertThat(folder.resolve("out/report.json")).doesNotExist();

    forced.add("agreement");
    ObjectNode report =
        PairLabeling.run(
            plan("out", source, Optional.of(known)), before -> labeler, StageListener.SILENT);
    assertThat(labeler.seen).hasSize(130);
    assertThat(report.path("gates"))
        .anyMatch(
            row ->
                row.path("name").asText().equals("agreement")
                    && row.path("forced").asBoolean()
                    && !row.path("passed").asBoolean());
  }

  @Test
  void whereTheDataSaysWhichIsBetterTheFirstFourHundredPairsTell() throws IOException {
    Path pairs = pairs(500, "short", "a longer one");
    Longer labeler = new Longer(99);
    assertThatThrownBy(() -> run("out", pairs, labeler)).isInstanceOf(GateStop.class);
    assertThat(labeler.seen).hasSize(400);

    forced.add("agreement");
    assertThat(run("out", pairs, labeler).path("labels").path("pairs").asInt()).isEqualTo(500);
    assertThat(labeler.seen).hasSize(500);
  }

  @Test
  void aLabelerThatCannotReadPeoplesPairsIsStopped() throws IOException {
    Path known = Files.copy(pairs(5, "x".repeat(95), "y".repeat(95)), folder.resolve("k.jsonl"));
    LabelingPlan plan = plan("out", PairSource.of(pairs(9, "a", "bb")), Optional.of(known));
    assertThatThrownBy(() -> PairLabeling.run(plan, before -> new Longer(99), StageListener.SILENT))
        .isInstanceOf(GateStop.class)
        .hasMessageContainingAll(
            "none of 5 pairs with a known answer was read", "longer than the labeler can read");
  }

  @Test
  void aCommitteesMembersCountByPeoplesPairsAndWhoMayBeACoinIsNotAskedAgain() throws IOException {
    Path known = Files.copy(pairs(30, "people wrote this", "others"), folder.resolve("k.jsonl"));
    Longer good = new Longer(99);
    Longer wrong = new Longer(99);
    ObjectNode report =
        PairLabeling.run(
            plan("out", PairSource.of(pairs(9, "a", "a longer one")), Optional.of(known)),
            before ->
                Committee.open(
                    List.of(good, wrong),
                    one -> one == good ? "good" : "member-2",
                    one -> opened(one, wrong)),
            StageListener.SILENT);
    assertThat(good.seen).hasSize(39);
    assertThat(wrong.seen).hasSize(30);
    assertThat(report.path("committee").path("good").path("weight").asDouble()).isPositive();
    assertThat(report.path("committee").path("member-2").path("counts").asBoolean()).isFalse();
    // What the report and the gate tell is what they say together.
    assertThat(report.at("/calibration/labels/agrees_with_people/share").asDouble()).isEqualTo(1);
    assertThat(rows(folder.resolve("out/pairs.jsonl")))
        .hasSize(9)
        .allMatch(row -> row.path("votes").has("good/honesty") && row.path("votes").size() == 1);
  }

  /** The one as it is, the other with its word turned round. */
  private static Labeler opened(Longer labeler, Longer turned) {
    return labeler != turned
        ? labeler
        : new Labeler() {
          @Override
          public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
            return labeler.judge(comparisons.stream().map(Comparison::swapped).toList());
          }

          @Override
          public LabelerWork work() {
            return labeler.work();
          }
        };
  }

  @Test
  void aCalibrationNeedsPeoplesPreferences() throws IOException {
    Path file = folder.resolve("ab.jsonl");
    Files.writeString(file, "{\"prompt\":\"Q\",\"a\":\"one\",\"b\":\"two words\"}\n");
    LabelingPlan plan = plan("out", PairSource.of(file), Optional.of(file));
    assertThatThrownBy(() -> PairLabeling.run(plan, before -> new Longer(9), StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("does not say which replies people preferred");
  }

  @Test
  void aLabelingThatWasCutAgainAndAgainEndsWithTheSameBytes() throws IOException {
    Path known =
        Files.copy(pairs(30, "people wrote this", "others"), folder.resolve("known.jsonl"));
    PairSource source = PairSource.of(pairs(100, "short", "longer"));
    LabelingPlan straight = plan("straight", source, Optional.of(known));
    PairLabeling.run(straight, before -> new Longer(99), StageListener.SILENT);
    LabelingPlan cut = plan("cut", source, Optional.of(known));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> PairLabeling.run(cut, before -> new Longer(1), StageListener.SILENT))
          .isInstanceOf(Killed.class);
      append("cut/pairs.jsonl", "{\"whole\": 1}\n{\"torn");
      append("cut/judgements.jsonl", "{\"to");
      assertThat(folder.resolve("cut/report.json")).doesNotExist();
    }
    PairLabeling.run(cut, before -> new Longer(99), StageListener.SILENT);
    assertThat(bytes("cut")).isEqualTo(bytes("straight"));
    // Once it is done, asking again asks nobody and changes nothing.
    PairLabeling.run(cut, before -> new Longer(0), StageListener.SILENT);
    assertThat(bytes("cut")).isEqualTo(bytes("straight"));
  }

  @Test
  void otherSettingsThanThoseItBeganWithAreRefused() throws IOException {
    Path pairs = pairs(3, "short", "longer");
    run("out", pairs, new Longer(99));
    Files.writeString(pairs, row("other", "pairs here"), StandardOpenOption.APPEND);
    assertThatThrownBy(() -> run("out", pairs, new Longer(99)))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("was begun with other settings (pairs)");
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("pairs.jsonl"), "mine");
    assertThatThrownBy(() -> run("foreign", pairs, new Longer(99)))
        .hasMessageContaining("holds files that no labeling made");
    assertThat(foreign.resolve("pairs.jsonl")).hasContent("mine");
  }

  private ObjectNode run(String out, Path pairs, Labeler labeler) {
    return PairLabeling.run(
        plan(out, PairSource.of(pairs), Optional.empty()), before -> labeler, StageListener.SILENT);
  }

  private LabelingPlan plan(String out, PairSource source, Optional<Path> calibration) {
    return new LabelingPlan(
        source,
        calibration,
        folder.resolve(out),
        Facet.ACTION,
        VoteAveraging.LOG_ODDS,
        0.02,
        7,
        Constitution.load("box:virtues"),
        "local:model",
        "float32 dense",
        forced);
  }

  private Path pairs(int count, String chosen, String rejected) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 100; i < 100 + count; i++) {
      lines.append(row(chosen + i, rejected + i));
    }
    return Files.writeString(folder.resolve("pairs.jsonl"), lines);
  }

  private static String row(String chosen, String rejected) {
    return "{\"prompt\":\"May I?\",\"chosen\":\"%s\",\"rejected\":\"%s\"}\n"
        .formatted(chosen, rejected);
  }

  private static List<ObjectNode> rows(Path file) {
    return JsonLines.readAppended(file, (line, row) -> Optional.of(row));
  }

  private void append(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text, StandardOpenOption.APPEND);
  }

  private Map<String, String> bytes(String name) throws IOException {
    Path root = folder.resolve(name);
    Map<String, String> all = new TreeMap<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!String.valueOf(file.getFileName()).startsWith(".")) {
          all.put(root.relativize(file).toString(), Digests.file(file));
        }
      }
    }
    return all;
  }
}
