package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A prompt of a file, with what the file says about it.
 *
 * @param split where it belongs; empty = drawn
 * @param group what results are told apart by, such as the kind of request; may be empty
 */
public record GivenPrompt(Prompt prompt, Optional<Split> split, String group) {

  private static final int LONGEST_GROUP = 60;

  /** A prompt that nothing is said about. */
  public static GivenPrompt of(Prompt prompt) {
    return new GivenPrompt(prompt, Optional.empty(), "");
  }

  /**
   * The prompts of JSON lines with {@code prompt} (a text, a transcript, or messages) or {@code
   * messages}, and perhaps {@code split} and {@code group}; without repetition.
   *
   * @param limit the most lines read; 0 = all
   * @throws AreteException that names the first wrong line
   */
  public static List<GivenPrompt> read(Path file, int limit) {
    Set<String> seen = new HashSet<>();
    List<GivenPrompt> prompts = new ArrayList<>();
    for (GivenPrompt given : JsonLines.read(file, limit, (line, row) -> Optional.of(ofRow(row)))) {
      if (seen.add(given.prompt().id())) {
        prompts.add(given);
      }
    }
    return prompts;
  }

  private static GivenPrompt ofRow(ObjectNode row) {
    Optional<Split> split =
        row.has("split")
            ? Optional.of(JsonRow.choice(row, "split", List.of(Split.values())))
            : Optional.empty();
    JsonNode group = row.path("group");
    if (!group.isMissingNode() && (!group.isTextual() || group.asText().length() > LONGEST_GROUP)) {
      throw new AreteException(
          "the field group must be a text of at most " + LONGEST_GROUP + " characters");
    }
    return new GivenPrompt(Prompt.ofRow(row), split, group.asText(""));
  }
}
