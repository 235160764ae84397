package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A question that has right answers.
 *
 * @param prompt the question
 * @param answers all texts that are right, at least one
 */
public record PlainQuestion(Prompt prompt, List<String> answers) {

  /** Copies the answers. */
  public PlainQuestion {
    answers = List.copyOf(answers);
    if (answers.isEmpty()) {
      throw new AreteException("the field answers must hold at least one text");
    }
  }

  /** Whether a reply is right; case, outer blanks and a full stop at the end do not count. */
  public boolean isRight(String reply) {
    return isRight(reply, answers);
  }

  /** Whether a text is one of the answers; case, outer blanks and a full stop do not count. */
  public static boolean isRight(String reply, List<String> answers) {
    String given = plain(reply);
    return answers.stream().anyMatch(answer -> plain(answer).equals(given));
  }

  /**
   * The questions of JSON lines with {@code prompt} or {@code messages}, and {@code answers}.
   *
   * @throws AreteException that names the first wrong line
   */
  public static List<PlainQuestion> read(Path file) {
    return JsonLines.read(
        file, 0, (line, row) -> Optional.of(new PlainQuestion(Prompt.ofRow(row), answers(row))));
  }

  private static List<String> answers(JsonNode row) {
    List<String> answers = new ArrayList<>();
    for (JsonNode answer : JsonRow.field(row, "answers")) {
      if (!answer.isTextual()) {
        throw new AreteException("the field answers must be a list of texts");
      }
      answers.add(answer.asText());
    }
    return answers;
  }

  private static String plain(String text) {
    String stripped = text.strip().toLowerCase(Locale.ROOT);
    return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
  }
}
