package io.arete.rlaif.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.GivenPrompt;
import io.arete.rlaif.data.HumanPairs;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Splits;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.table.ParquetFile;
import io.arete.rlaif.table.ParquetFile.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A run's preference pairs with all that they are about, a row each. */
final class PreferenceRows {

  /** The schema, in the order of the columns. */
  static final List<Column> COLUMNS = columns();

  private final Map<String, Prompt> prompts = new HashMap<>();
  private final Map<String, Conversation> conversations = new HashMap<>();
  private final Splits splits;

  private PreferenceRows(Splits splits) {
    this.splits = splits;
  }

  /** Reads what the pairs of that run are about. */
  static PreferenceRows of(RunParts run, Recipe recipe) {
    PreferenceRows rows = new PreferenceRows(Splits.read(run.root().resolve(RunFolder.SPLITS)));
    recipe
        .data()
        .prompts()
        .ifPresent(file -> GivenPrompt.read(file, 0).forEach(given -> rows.add(given.prompt())));
    recipe
        .data()
        .pairs()
        .ifPresent(
            file -> HumanPairs.read(file, 0).pairs().forEach(pair -> rows.add(pair.prompt())));
    JsonLines.readAppended(
            run.conversations(), (line, row) -> Optional.of(Conversation.ofJson(row)))
        .forEach(talk -> rows.conversations.put(talk.promptId() + "-" + talk.sample(), talk));
    return rows;
  }

  private void add(Prompt prompt) {
    prompts.put(prompt.id(), prompt);
  }

  /**
   * The rows of one facet, in the run's order.
   *
   * @throws AreteException if a pair's prompt or conversation is gone
   */
  List<ObjectNode> rows(RunParts run, Facet facet) {
    List<ObjectNode> rows = new ArrayList<>();
    JsonLines.readAppended(
            run.preferences(facet), (line, row) -> Optional.of(PreferencePair.ofJson(row)))
        .forEach(pair -> rows.add(row(pair)));
    return rows;
  }

  private ObjectNode row(PreferencePair pair) {
    Prompt prompt = prompts.get(pair.promptId());
    if (prompt == null) {
      throw new AreteException(
          "the prompt %s of the run's pairs is not in the files of data.prompts and data.pairs any"
                  .formatted(pair.promptId())
              + " more; restore them");
    }
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("id", pair.id());
    row.put("prompt_id", pair.promptId()).put("split", splits.of(prompt).wireName());
    row.set("prompt", prompt.toJson().path("messages"));
    put(row, "first_", conversation(pair.promptId(), pair.first()));
    put(row, "second_", conversation(pair.promptId(), pair.second()));
    return row.put("p_first", pair.p())
        .put("margin", pair.margin())
        .put("source", pair.source().name().toLowerCase(Locale.ROOT))
        .put("inherited", pair.inherited());
  }

  private Conversation conversation(String prompt, int sample) {
    Conversation talk = conversations.get(prompt + "-" + sample);
    if (talk == null) {
      throw new AreteException(
          "conversation %d of the prompt %s is missing in the run's feedback; repeat that stage"
              .formatted(sample, prompt));
    }
    return talk;
  }

  private static void put(ObjectNode row, String side, Conversation talk) {
    for (Facet facet : Facet.values()) {
      row.put(side + facet.wireName(), talk.reply(facet).text());
    }
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("id", ParquetFile.Type.TEXT, "the pair, unique within its facet"));
    columns.add(new Column("prompt_id", ParquetFile.Type.TEXT, "the prompt of both conversations"));
    columns.add(new Column("split", ParquetFile.Type.TEXT, "train, watch or verdict, by prompt"));
    columns.add(
        new Column(
            "prompt", ParquetFile.Type.MESSAGES, "the prompt: role and content of each message"));
    for (String side : List.of("first_", "second_")) {
      for (Facet facet : Facet.values()) {
        String which = side.replace("_", "");
        columns.add(
            new Column(
                side + facet.wireName(),
                ParquetFile.Type.TEXT,
                "the " + which + " conversation's reply on " + facet.wireName()));
      }
    }
    columns.add(
        new Column("p_first", ParquetFile.Type.REAL, "probability that the first is better"));
    columns.add(new Column("margin", ParquetFile.Type.REAL, "how much better, in log-odds"));
    columns.add(
        new Column(
            "source",
            ParquetFile.Type.TEXT,
            "who said so: human, local, endpoint, truth, committee"));
    columns.add(
        new Column(
            "inherited", ParquetFile.Type.FLAG, "whether the label was given for another facet"));
    return List.copyOf(columns);
  }
}
