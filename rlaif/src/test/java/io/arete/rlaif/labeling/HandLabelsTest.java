package io.arete.rlaif.labeling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.HumanPairs;
import io.arete.rlaif.labeling.HandLabels.Answer;
import io.arete.rlaif.labeling.HandLabels.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandLabelsTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writePairs() throws IOException {
    StringBuilder lines = new StringBuilder("prompt,chosen,rejected\n");
    for (int i = 0; i < 200; i++) {
      lines.append("Q%d,good %d,bad %d\n".formatted(i, i, i));
    }
    file = Files.writeString(folder.resolve("pairs.csv"), lines);
  }

  @Test
  void sidesAreDrawnAndPairsComeInADrawnOrder() {
    Set<String> prompts = new HashSet<>();
    int goodFirst = 0;
    try (HandLabels labels = open("out")) {
      assertThat(labels.next().orElseThrow()).isEqualTo(labels.next().orElseThrow());
      for (int i = 0; i < 200; i++) {
        Shown shown = labels.next().orElseThrow();
        prompts.add(shown.prompt().get(0).content());
        goodFirst += shown.first().startsWith("good") ? 1 : 0;
        labels.answer(Answer.TIE);
      }
      assertThat(labels.next()).isEmpty();
    }
    assertThat(prompts).hasSize(200);
    assertThat(goodFirst).isBetween(72, 128);
  }

  @Test
  void whatIsAnsweredIsThereAtOnceAndReadAsPeoplesPairs() {
    try (HandLabels labels = open("out")) {
      for (int i = 0; i < 3; i++) {
        preferGood(labels);
        assertThat(HumanPairs.read(pairs(), 0).pairs())
            .hasSize(i + 1)
            .allMatch(pair -> pair.chosen().startsWith("good"));
      }
      labels.answer(Answer.TIE);
      ObjectNode report = labels.report();
      assertThat(report.path("answered").asInt()).isEqualTo(4);
      assertThat(report.path("ties").asInt()).isEqualTo(1);
      assertThat(report.path("agrees_with_given").path("count").asInt()).isEqualTo(3);
      assertThat(LabelingTable.ofPerson(report)).contains("answered", "agrees with the data");
    }
  }

  @Test
  void aSessionGoesOnWhereItWasKilledAndCanStillUndo() throws IOException {
    Shown second;
    try (HandLabels labels = open("out")) {
      preferGood(labels);
      second = labels.next().orElseThrow();
      preferGood(labels);
    }
    // A kill between the answer and its preference, and one within a line.
    Files.writeString(pairs(), "");
    Files.writeString(
        folder.resolve("out/answers.jsonl"), "{\"id\":\"ro", StandardOpenOption.APPEND);
    try (HandLabels labels = open("out")) {
      assertThat(labels.answered()).isEqualTo(2);
      assertThat(HumanPairs.read(pairs(), 0).pairs()).hasSize(2);
      assertThat(labels.undo()).isTrue();
      assertThat(labels.next()).contains(second);
      assertThat(HumanPairs.read(pairs(), 0).pairs()).hasSize(1);
      labels.answer(Answer.TIE);
    }
    try (HandLabels labels = open("out")) {
      assertThat(labels.answered()).isEqualTo(2);
      assertThat(labels.undo()).isTrue();
      assertThat(labels.undo()).isTrue();
      assertThat(labels.undo()).isFalse();
      assertThat(labels.answered()).isZero();
    }
  }

  @Test
  void answersToOtherPairsAreRefused() throws IOException {
    try (HandLabels labels = open("out")) {
      preferGood(labels);
    }
    Files.writeString(
        folder.resolve("out/answers.jsonl"),
        "{\"id\":\"row-999999\",\"answer\":\"first\"}\n",
        StandardOpenOption.APPEND);
    assertThatThrownBy(() -> open("out"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("row-999999 out of turn");
    Files.writeString(file, "Q,one,two\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> open("out")).hasMessageContaining("other settings (pairs)");
  }

  private HandLabels open(String out) {
    return HandLabels.open(
        new HandPlan(PairSource.of(file), folder.resolve(out), Facet.ACTION, 0, "ada"));
  }

  private static void preferGood(HandLabels labels) {
    boolean first = labels.next().orElseThrow().first().startsWith("good");
    labels.answer(first ? Answer.FIRST : Answer.SECOND);
  }

  private Path pairs() {
    return folder.resolve("out/pairs.jsonl");
  }
}
