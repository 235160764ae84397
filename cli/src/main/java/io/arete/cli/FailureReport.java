package io.arete.cli;

import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import io.arete.rlaif.attack.study.LimitPassed;
import io.arete.rlaif.file.VisibleText;
import io.arete.rlaif.gate.GateStop;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a person sees of a failure: one sentence, and the stack trace if they asked for it. */
final class FailureReport {

  /** Causes further down than this are not looked at. */
  private static final int CAUSE_DEPTH = 20;

  /**
   * Words with which a sentence begins that stands behind a file's name elsewhere. Alone it gets
   * its capital; the name of a file, a key or a gate keeps its own.
   */
  private static final Set<String> CAPITAL_ALONE =
      Set.of("a", "all", "an", "it", "more", "no", "nothing", "the", "there", "this", "waiting");

  private FailureReport() {}

  /** Prints the failure's sentence and returns what the process should end with. */
  static ExitCode print(Throwable failure, boolean debug, PrintWriter messages) {
    if (failure instanceof ReaderGoneException) {
      return ExitCode.DONE;
    }
    messages.println(VisibleText.lines(sentence(failure)));
    if (debug) {
      failure.printStackTrace(messages);
    }
    messages.flush();
    return failure instanceof GateStop || failure instanceof LimitPassed
        ? ExitCode.STOPPED
        : ExitCode.ERROR;
  }

  /** The one sentence. */
  static String sentence(Throwable failure) {
    String sentence = found(failure);
    String first = sentence.split(" ", 2)[0];
    return CAPITAL_ALONE.contains(first)
        ? first.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1)
        : sentence;
  }

  private static String found(Throwable failure) {
    String exhausted = firstInCauses(failure, FailureReport::exhausted);
    if (exhausted != null) {
      return exhausted;
    }
    if (failure instanceof AreteException) {
      return String.valueOf(failure.getMessage());
    }
    String file = firstInCauses(failure, FailureReport::fileTrouble);
    if (file != null) {
      return file;
    }
    return "Something unexpected went wrong: "
        + name(failure)
        + ", "
        + firstLine(failure.getMessage())
        + "; run again with --debug for the stack trace.";
  }

  /** The part of a message before its first line break; native code appends its stack. */
  static String firstLine(@Nullable String message) {
    if (message == null || message.isBlank()) {
      return "no message";
    }
    return message.strip().lines().findFirst().orElse("").strip();
  }

  private static @Nullable String firstInCauses(
      Throwable failure, Function<Throwable, @Nullable String> describe) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < CAUSE_DEPTH; depth++) {
      String sentence = describe.apply(cause);
      if (sentence != null) {
        return sentence;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** What a machine runs out of: told whatever the code in between made of it. */
  private static @Nullable String exhausted(Throwable cause) {
    if (cause instanceof AreteException && FullDisk.says(cause.getCause())) {
      return String.valueOf(cause.getMessage()); // names the file, which the cause may not
    }
    if (cause instanceof OutOfMemoryError) {
      return "Java's heap of "
          + (Runtime.getRuntime().maxMemory() >> 20)
          + " MB is full; set ARETE_HEAP to more, for example ARETE_HEAP=8g.";
    }
    if (isNativeMemory(cause)) {
      return "The machine has no memory left for tensors ("
          + firstLine(cause.getMessage())
          + "); use smaller batches, shorter texts or a smaller model.";
    }
    if (FullDisk.says(cause)) {
      return "No space is left on the disk" + place(cause) + "; free some and run again.";
    }
    return null;
  }

  private static @Nullable String fileTrouble(Throwable cause) {
    if (cause instanceof NoSuchFileException missing) {
      return "There is no file or folder '" + missing.getFile() + "'; check the path.";
    }
    if (cause instanceof AccessDeniedException denied) {
      return "'" + denied.getFile() + "' cannot be opened; check its permissions.";
    }
    return null;
  }

  private static boolean isNativeMemory(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("can't allocate memory") || message.contains("CUDA out of memory");
  }

  private static String place(Throwable cause) {
    if (cause instanceof FileSystemException file && file.getFile() != null) {
      return " for '" + file.getFile() + "'";
    }
    return "";
  }

  private static String name(Throwable failure) {
    Throwable shown =
        failure instanceof UncheckedIOException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return shown.getClass().getSimpleName();
  }
}
