package io.arete.rlaif.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where experiments leave their numbers, and find them again.
 *
 * @param folder {@code checks/} of a run
 * @param madeFrom a digest of all that the numbers depend on
 */
record CheckFolder(Path folder, String madeFrom) {

  private static final String MADE_FROM = "made_from";
  private static final String FAILED = "failed";

  /** The numbers of that name, made if they are not there or of something else. */
  JsonNode numbers(String name, Supplier<ObjectNode> experiment) {
    Path file = folder.resolve(name + ".json");
    JsonNode there = JsonFile.readIfThere(file);
    if (there.path(MADE_FROM).asText().equals(madeFrom)) {
      return there;
    }
    ObjectNode made = made(experiment).put(MADE_FROM, madeFrom);
    if (!made.has(FAILED)) {
      AtomicFile.writeText(file, JsonFile.text(made));
    }
    return made;
  }

  /** What stands in the way of an experiment is a result, too: its gate says it. */
  private static ObjectNode made(Supplier<ObjectNode> experiment) {
    try {
      return experiment.get();
    } catch (AreteException e) {
      return JsonNodeFactory.instance.objectNode().put(FAILED, String.valueOf(e.getMessage()));
    }
  }
}
