package io.arete.rlaif.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Whether a process that left its number in a file is still there. */
final class WritingProcess {

  /** Clocks of files and of processes may differ by so much. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private WritingProcess() {}

  /** One that began after the file was written is another to which the number was given again. */
  static boolean isAlive(long process, Path file) {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return ProcessHandle.of(process)
          .filter(ProcessHandle::isAlive)
          .filter(
              found -> found.info().startInstant().map(written.plus(SLACK)::isAfter).orElse(true))
          .isPresent();
    } catch (IOException e) {
      return false;
    }
  }
}
