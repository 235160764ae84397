package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream messages = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  @Test
  void aLogFileGetsALineEveryTenSecondsAndOneAtTheEnd() {
    try (Progress progress = new ProgressLines("feedback", "prompts", 100, messages, () -> nanos)) {
      for (int second = 1; second <= 25; second++) {
        nanos = second * 1_000_000_000L;
        progress.advance(2);
      }
    }
    assertThat(text().lines())
        .containsExactly(
            "feedback: 20 of 100 prompts, 2.00 a second, 0:40 left",
            "feedback: 40 of 100 prompts, 2.00 a second, 0:30 left",
            "feedback: 50 of 100 prompts in 0:25");
  }

  @Test
  void whatWasDoneBeforeDoesNotCountForTheRate() {
    try (Progress progress = new ProgressLines("feedback", "prompts", 100, messages, () -> nanos)) {
      progress.skip(60);
      nanos = 10_000_000_000L;
      progress.advance(20);
    }
    assertThat(text()).contains("80 of 100 prompts, 2.00 a second, 0:10 left");
  }

  @Test
  void hoursAreShownAsHours() {
    assertThat(ProgressLines.clock(3723)).isEqualTo("1:02:03");
  }

  @Test
  void aTerminalGetsABarThatFitsIt() {
    try (Progress progress = new ProgressOnTerminal("ppo", "steps", 10, 60, messages)) {
      progress.advance(10);
    }
    assertThat(text()).contains("ppo").contains("100%").contains("10/10 steps");
    assertThat(text().split("[\r\n]")).allSatisfy(line -> assertThat(line).hasSizeLessThan(60));
  }

  @Test
  void quietMeansNothingAtAll() {
    PrintStream before = System.err;
    System.setErr(messages);
    try (Progress progress = Progress.start("sft", "steps", 10, true)) {
      progress.advance(10);
    } finally {
      System.setErr(before);
    }
    assertThat(text()).isEmpty();
  }

  @Test
  void aNoteInTheMiddleOfATaskLeavesItsProgressGoingOn() {
    PrintStream before = System.err;
    System.setErr(messages);
    StringWriter notes = new StringWriter();
    try (StageProgress progress =
        new StageProgress(new ProgressOptions(false), new PrintWriter(notes))) {
      progress.begin("feedback", "pairs", 10);
      progress.skip(2);
      progress.advance(3);
      progress.note("the server asks to wait");
      assertThat(text()).as("the task has not ended").isEmpty();
      progress.advance(5);
      progress.note("all are labeled");
      progress.note("and again");
    } finally {
      System.setErr(before);
    }
    assertThat(text()).startsWith("feedback: 10 of 10 pairs in 0:0").hasLineCount(1);
    assertThat(notes.toString().lines()).hasSize(3);
  }

  @Test
  void aNoteCommandsNoTerminal() {
    StringWriter notes = new StringWriter();
    try (StageProgress progress =
        new StageProgress(new ProgressOptions(false), new PrintWriter(notes))) {
      progress.note("the model says \u001b[2J");
    }
    assertThat(notes.toString().strip()).isEqualTo("the model says \\u001b[2J");
  }

  @Test
  void onATerminalANoteGetsALineWithoutTheRestOfABar() {
    try (Progress progress = new ProgressOnTerminal("ppo", "steps", 10, 60, messages)) {
      progress.advance(5);
      progress.makeWay();
      assertThat(text()).endsWith("\r" + " ".repeat(59) + "\r");
      progress.advance(5);
    }
    assertThat(text()).contains("10/10 steps");
  }

  /** Scripts pass the two to whatever takes long, and want neither to be unknown. */
  @Test
  void whateverTakesLongCanBeQuietAndPrintItsResultForScripts() {
    CommandLine root = Main.commandLine(new AreteCommand(StandardStreams.ofProcess()));
    for (String path :
        List.of(
            "quickstart",
            "run",
            "sft",
            "feedback",
            "reward",
            "ppo",
            "evaluate",
            "attack",
            "label",
            "doctor",
            "best-of",
            "reward train",
            "reward evaluate",
            "reward lengths")) {
      CommandLine command = root;
      for (String word : path.split(" ")) {
        command = command.getSubcommands().get(word);
      }
      assertThat(command.getCommandSpec().optionsMap()).as(path).containsKeys("--quiet", "--json");
    }
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
