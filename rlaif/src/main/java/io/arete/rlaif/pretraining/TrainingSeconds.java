package io.arete.rlaif.pretraining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import java.nio.file.Path;

/**
 * Seconds that a pretraining took, over all its starts.
 *
 * @param file that holds them; not there = none
 */
record TrainingSeconds(Path file) {

  private static final String SECONDS = "seconds";

  double read() {
    return JsonFile.readIfThere(file).path(SECONDS).asDouble(0);
  }

  void add(double seconds) {
    AtomicFile.writeText(
        file, JsonFile.text(JsonNodeFactory.instance.objectNode().put(SECONDS, read() + seconds)));
  }
}
