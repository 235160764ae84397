package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailureReportTest {

  @Test
  void aKnownFailureIsItsSentenceAndNothingElse() {
    String sentence = "m/config.json names model_type 'foo'; use a Llama.";
    assertThat(printed(new AreteException(sentence), false)).isEqualTo(sentence);
  }

  /** A name out of a foreign file stands in many a sentence. */
  @Test
  void aSentenceCommandsNoTerminal() {
    assertThat(printed(new AreteException("m names '\u001b[2J'."), false))
        .isEqualTo("m names '\\u001b[2J'.");
  }

  /** What stands behind a file's name in one place is a sentence of its own in another. */
  @Test
  void aSentenceBeginsWithACapitalAndANameWithItsOwnLetter() {
    assertThat(printed(new AreteException("the folder m has no config.json"), false))
        .isEqualTo("The folder m has no config.json");
    assertThat(printed(new AreteException("models is no folder"), false))
        .isEqualTo("models is no folder");
  }

  @Test
  void theStackTraceComesWithDebugOnly() {
    Throwable failure = new IllegalStateException("odd");
    assertThat(printed(failure, false))
        .contains("IllegalStateException")
        .contains("odd")
        .contains("--debug")
        .doesNotContain("\tat ");
    assertThat(printed(failure, true)).contains("\tat ");
  }

  @Test
  void nativeStackFramesInAMessageAreCutOff() {
    Throwable failure = new RuntimeException("shapes differ\nException raised from add at x.cpp:1");
    assertThat(printed(failure, false)).contains("shapes differ").doesNotContain("raised from");
  }

  @Test
  void aFullDiskIsToldWhateverWrapsIt() {
    IOException full = new FileSystemException("runs/a/x", null, "No space left on device");
    Throwable failure =
        new AreteException("The checkpoint failed.", new UncheckedIOException(full));
    assertThat(printed(failure, false)).contains("No space is left").contains("'runs/a/x'");
  }

  @Test
  void aFullDiskIsToldByWhoKnowsTheFile() {
    AreteException told =
        FullDisk.writing(Path.of("runs/a/x"), new IOException("No space left on device"));
    assertThat(printed(new AreteException("The checkpoint failed.", told), false))
        .isEqualToIgnoringCase(told.getMessage());
  }

  @Test
  void aFullHeapNamesTheSettingThatHelps() {
    assertThat(printed(new OutOfMemoryError("Java heap space"), false)).contains("ARETE_HEAP");
  }

  @Test
  void aMissingFileIsNamed() {
    Throwable failure = new UncheckedIOException(new NoSuchFileException("data.jsonl"));
    assertThat(printed(failure, false)).contains("no file or folder 'data.jsonl'");
  }

  @Test
  void aReaderThatLeftIsNoFailure() {
    JsonLinesIo io =
        new JsonLinesIo("-", JsonLinesIoTest.stream("{}\n"), failingWith("Broken pipe"));
    StringWriter messages = new StringWriter();
    try {
      io.transform(1, lines -> lines.stream().map(InputLine::object).toList());
    } catch (ReaderGoneException e) {
      assertThat(FailureReport.print(e, true, new PrintWriter(messages))).isEqualTo(ExitCode.DONE);
    }
    assertThat(messages.toString()).isEmpty();
  }

  @Test
  void resultsThatCannotBeWrittenAreAFailure() {
    JsonLinesIo io =
        new JsonLinesIo(
            "-", JsonLinesIoTest.stream("{}\n"), failingWith("No space left on device"));
    String told = "";
    try {
      io.transform(1, lines -> lines.stream().map(InputLine::object).toList());
    } catch (UncheckedIOException e) {
      told = printed(e, false);
    }
    assertThat(told).contains("No space is left");
  }

  private static OutputStream failingWith(String message) {
    return new ByteArrayOutputStream() {
      @Override
      public void flush() throws IOException {
        throw new IOException(message);
      }
    };
  }

  private static String printed(Throwable failure, boolean debug) {
    StringWriter text = new StringWriter();
    ExitCode exitCode = FailureReport.print(failure, debug, new PrintWriter(text));
    assertThat(exitCode).isEqualTo(ExitCode.ERROR);
    return text.toString().strip();
  }
}
