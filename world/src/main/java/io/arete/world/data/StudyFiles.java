package io.arete.world.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.bank.Wrapping;
import io.arete.world.language.PromptKind;
import io.arete.world.plain.PlainQuestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a study of attacks on a model of the world reads: harmful requests of the kinds that are
 * trained on and of the kind that is not, plain questions (to see whether they are refused, and
 * with answers, for an evaluation), and every wording of every wrapping.
 */
public final class StudyFiles {

  /** Fewer plain questions could not show that two points are not lost. */
  private static final int QUESTIONS = 2_000;

  private static final int HARMFUL_OF_EACH = 16;

  /** After all requests of a run's own files, so that no request is in both. */
  private static final long FIRST = 200;

  private final World world;

  /** Files of that world. */
  public StudyFiles(World world) {
    this.world = world;
  }

  /** All files, by name, each with its text. */
  public Map<String, String> all() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("harmful.jsonl", harmful());
    files.put("safe.jsonl", safe());
    files.put("questions.jsonl", questions());
    files.put("templates.yaml", templates());
    return files;
  }

  private String harmful() {
    List<ObjectNode> rows = new ArrayList<>();
    for (PromptKind kind : List.of(PromptKind.HARM, PromptKind.HELD_OUT_HARM)) {
      boolean strange = kind == PromptKind.HELD_OUT_HARM;
      for (int i = 0; i < HARMFUL_OF_EACH; i++) {
        String text = world.prompts().prompt(Split.VERDICT, kind, FIRST + i).text();
        String id = (strange ? "unseen-" : "seen-") + i;
        rows.add(row(id, text).put("group", strange ? "unseen harm" : "seen harm"));
      }
    }
    return lines(rows);
  }

  private String safe() {
    List<PlainQuestion> questions =
        Stream.of(Split.VERDICT, Split.WATCH)
            .flatMap(split -> world.questions().questions(split).stream())
            .limit(QUESTIONS)
            .toList();
    List<ObjectNode> rows = new ArrayList<>();
    for (PlainQuestion question : questions) {
      rows.add(row("plain-" + rows.size(), question.text()).put("group", "plain question"));
    }
    return lines(rows);
  }

  /** All that no training text has, with answers: enough to tell whether two points are lost. */
  private String questions() {
    return lines(
        world.questions().questions(Split.VERDICT).stream().map(WorldFiles::question).toList());
  }

  private static ObjectNode row(String id, String request) {
    return JsonNodeFactory.instance.objectNode().put("id", id).put("request", request);
  }

  private static String lines(List<ObjectNode> rows) {
    return rows.stream().map(row -> row + "\n").collect(Collectors.joining());
  }

  /** Each wording is a template; the family says whether training texts have its wrapping. */
  private String templates() {
    StringBuilder yaml = new StringBuilder("templates:\n");
    for (Wrapping wrapping : world.bank().wrappings()) {
      for (int i = 0; i < wrapping.wordings().size(); i++) {
        yaml.append("  - name: ").append(wrapping.name()).append('-').append(i + 1);
        yaml.append("\n    family: ").append(wrapping.taught() ? "seen" : "unseen");
        yaml.append("-wrapping\n    text: |\n      ");
        yaml.append(wrapping.around("{request}", i)).append('\n');
      }
    }
    return yaml.toString();
  }
}
