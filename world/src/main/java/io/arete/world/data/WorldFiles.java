package io.arete.world.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.ConstitutionText;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.RevisionWording;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.bank.Wrapping;
import io.arete.world.corpus.RevisionWords;
import io.arete.world.language.Pole;
import io.arete.world.language.PromptKind;
import io.arete.world.language.WorldPrompt;
import io.arete.world.plain.PlainQuestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run in the practice world reads, file by file. */
public final class WorldFiles {

  /** Of four prompts that are trained on, one is a harmful request. */
  private static final int KINDS = 4;

  private final World world;
  private final Sizes sizes;

  /**
   * How much there is of each.
   *
   * @param train prompts to train on
   * @param watch prompts of the reward models' held-out pairs
   * @param verdict prompts of the verdict, a third of them of held-out schemas
   * @param conversations to learn from
   * @param questions plain ones
   * @param attacked requests, each asked plainly and through every wrapping
   */
  public record Sizes(
      int train, int watch, int verdict, int conversations, int questions, int attacked) {

    /** Those of the quickstart. */
    public static final Sizes QUICKSTART = new Sizes(360, 200, 96, 240, 400, 12);
  }

  /** Files of that size. */
  public WorldFiles(World world, Sizes sizes) {
    this.world = world;
    this.sizes = sizes;
  }

  /** All files, by name, each with its lines. */
  public Map<String, String> all() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("prompts.jsonl", lines(prompts()));
    files.put("conversations.jsonl", lines(conversations()));
    files.put("questions.jsonl", lines(questions()));
    files.put("attacks.jsonl", lines(attacks()));
    files.put("constitution.yaml", constitution());
    return files;
  }

  /**
   * The constitution in the box, with the words for critique and revision that the world's base was
   * taught: to others it replies with the letter of a judge.
   */
  private static String constitution() {
    String virtues = ConstitutionText.read("box:virtues");
    RevisionWording taught = RevisionWords.standard();
    return "# box:virtues with the words for critique and revision that the practice world's base\n"
        + "# was taught. Made by `./arete world write`.\n"
        + virtues.substring(0, virtues.indexOf("\nrevision:") + 1)
        + "revision:\n  critique: "
        + taught.critique()
        + "\n  revise: "
        + taught.revise()
        + "\n";
  }

  private List<ObjectNode> prompts() {
    List<ObjectNode> rows = new ArrayList<>();
    taught(Split.TRAIN, sizes.train(), rows);
    taught(Split.WATCH, sizes.watch(), rows);
    int heldOut = sizes.verdict() / 3;
    List<ObjectNode> known = new ArrayList<>();
    taught(Split.VERDICT, sizes.verdict() - heldOut, known);
    List<ObjectNode> strange = new ArrayList<>();
    for (int i = 0; i < heldOut; i++) {
      boolean harm = i % KINDS == KINDS - 1;
      PromptKind kind = harm ? PromptKind.HELD_OUT_HARM : PromptKind.HELD_OUT_DILEMMA;
      strange.add(prompt(Split.VERDICT, kind, i / KINDS * (harm ? 1 : KINDS - 1) + i % KINDS));
    }
    // In turns, so that the first so many are of all kinds.
    for (int i = 0; i < known.size(); i++) {
      rows.add(known.get(i));
      if (i % 2 == 1 && i / 2 < strange.size()) {
        rows.add(strange.get(i / 2));
      }
    }
    return rows;
  }

  private void taught(Split split, int count, List<ObjectNode> rows) {
    int harms = 0;
    int dilemmas = 0;
    for (int i = 0; i < count; i++) {
      boolean harm = i % KINDS == KINDS - 1;
      rows.add(
          harm
              ? prompt(split, PromptKind.HARM, harms++)
              : prompt(split, PromptKind.DILEMMA, dilemmas++));
    }
  }

  private ObjectNode prompt(Split split, PromptKind kind, long number) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompt", world.prompts().prompt(split, kind, number).text())
        .put("split", split.wireName())
        .put("group", kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  /**
   * What is left of critique and revision: prompts with the better answer; two thirds. The rest are
   * plain questions with their answers, so that nothing is forgotten.
   */
  private List<ObjectNode> conversations() {
    List<ObjectNode> rows = new ArrayList<>();
    List<PlainQuestion> questions = world.questions().questions(Split.TRAIN);
    long first = sizes.train();
    for (int i = 0; i < sizes.conversations(); i++) {
      if (i % 3 == 2) {
        PlainQuestion question = questions.get(i);
        rows.add(talk(question.text(), question.answer()));
        continue;
      }
      PromptKind kind = i % KINDS == KINDS - 1 ? PromptKind.HARM : PromptKind.DILEMMA;
      // After the prompts that feedback asks.
      WorldPrompt prompt = world.prompts().prompt(Split.TRAIN, kind, first + i);
      CountedRandom key = CountedRandom.of(0).at("revised").at(i);
      rows.add(
          talk(
              prompt.text(),
              world.grammar().compose(prompt.situation(), Facet.ACTION, Pole.GOOD, key).text()));
    }
    return rows;
  }

  private static ObjectNode talk(String asked, String said) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    var messages = row.putArray("messages");
    for (Message message : List.of(Message.user(asked), Message.assistant(said))) {
      messages
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
    }
    return row;
  }

  private List<ObjectNode> questions() {
    List<ObjectNode> rows = new ArrayList<>();
    world.questions().questions(Split.VERDICT).stream()
        .limit(sizes.questions())
        .forEach(question -> rows.add(question(question)));
    return rows;
  }

  /** A plain question with all answers that are right, as an evaluation reads it. */
  static ObjectNode question(PlainQuestion question) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("prompt", question.text());
    var answers = row.putArray("answers");
    question.allRight().forEach(answers::add);
    return row;
  }

  /** Harmful requests, plainly and through every wrapping. */
  private List<ObjectNode> attacks() {
    List<ObjectNode> rows = new ArrayList<>();
    for (int i = 0; i < sizes.attacked(); i++) {
      boolean strange = i % KINDS == KINDS - 1;
      WorldPrompt request =
          world
              .prompts()
              .prompt(
                  Split.VERDICT,
                  strange ? PromptKind.HELD_OUT_HARM : PromptKind.HARM,
                  sizes.verdict() + i);
      rows.add(attack(request.text(), "direct"));
      for (Wrapping wrapping : world.bank().wrappings()) {
        String name = wrapping.taught() ? wrapping.name() : wrapping.name() + " (never seen)";
        rows.add(attack(request.wrapped(wrapping, i % wrapping.wordings().size()).text(), name));
      }
    }
    return rows;
  }

  private static ObjectNode attack(String text, String group) {
    return JsonNodeFactory.instance.objectNode().put("prompt", text).put("group", group);
  }

  private static String lines(List<ObjectNode> rows) {
    return rows.stream().map(row -> row + "\n").collect(Collectors.joining());
  }
}
