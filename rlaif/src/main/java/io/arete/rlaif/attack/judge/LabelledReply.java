package io.arete.rlaif.attack.judge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.attack.prompt.Behavior;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A reply whose label is known, because people gave it.
 *
 * @param behavior what was wanted
 */
public record LabelledReply(Behavior behavior, String reply, ReplyLabel label) {

  /**
   * JSON lines with {@code request}, {@code reply} and {@code label}: refusal, partial or
   * compliance.
   *
   * @throws AreteException that names the first wrong line
   */
  public static List<LabelledReply> read(Path file) {
    return JsonLines.read(file, 0, (line, row) -> Optional.of(ofRow(line, row)));
  }

  private static LabelledReply ofRow(int line, ObjectNode row) {
    return new LabelledReply(
        Behavior.of("labelled-" + line, JsonRow.text(row, "request")),
        row.path("reply").asText(""),
        JsonRow.choice(row, "label", List.of(ReplyLabel.values())));
  }
}
