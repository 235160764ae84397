package io.arete.rlaif.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {

  @TempDir Path folder;

  private static Conversation conversation() {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(
          facet,
          new Reply("I am\n" + facet, List.of(1, facet.name().length()), Reply.Ended.LENGTH));
    }
    return new Conversation("p1", 2, replies, Conversation.Source.MODEL);
  }

  private static PreferencePair pair() {
    return new PreferencePair(
        "x", "p1", Facet.MOTIVATION, 0, 1, 0.1 + 0.2, -1e-17, PreferencePair.Source.LOCAL, true);
  }

  @Test
  void conversationsAndPairsReadBackEqualToTheLastBit() {
    Path file = folder.resolve("rows.jsonl");
    try (JsonLinesWriter writer = JsonLinesWriter.open(file)) {
      writer.append(conversation().toJson());
    }
    assertThat(JsonLines.readAppended(file, (line, row) -> Optional.of(Conversation.ofJson(row))))
        .containsExactly(conversation());
    assertThat(PreferencePair.ofJson(pair().toJson())).isEqualTo(pair());
  }

  @Test
  void aRowThatLacksAFieldNamesIt() {
    for (ObjectNode row : List.of(conversation().toJson(), pair().toJson())) {
      boolean isPair = row.has("facet");
      List<String> names = new ArrayList<>();
      row.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        ObjectNode lacking = row.deepCopy().without(name);
        assertThatThrownBy(
                () -> {
                  if (isPair) {
                    PreferencePair.ofJson(lacking);
                  } else {
                    Conversation.ofJson(lacking);
                  }
                })
            .isInstanceOf(AreteException.class)
            .hasMessageContaining(name);
      }
    }
  }

  @Test
  void talksWithoutTheAssistantAreNamedByTheirLine() throws Exception {
    Path file = folder.resolve("talks.jsonl");
    String user = "{\"role\": \"user\", \"content\": \"Hi\"}";
    String assistant = "{\"role\": \"assistant\", \"content\": \"Yes\"}";
    Files.writeString(
        file, "{\"messages\": [" + user + "," + assistant + "]}\n{\"messages\": [" + user + "]}\n");

    assertThat(Dialogue.read(file, 1).get(0).messages())
        .containsExactly(Message.user("Hi"), Message.assistant("Yes"));
    assertThatThrownBy(() -> Dialogue.read(file, 0))
        .hasMessageContaining("line 2: the messages hold none of the assistant");
  }

  @Test
  void impossibleNumbersAreRefused() {
    for (String name : List.of("p", "first")) {
      assertThatThrownBy(() -> PreferencePair.ofJson(pair().toJson().put(name, 1.5)))
          .isInstanceOf(AreteException.class);
    }
    assertThatThrownBy(() -> PreferencePair.ofJson(pair().toJson().put("second", 0)))
        .hasMessageContaining("two samples");
    assertThatThrownBy(() -> PreferencePair.ofJson(pair().toJson().put("facet", "virtue")))
        .hasMessageContaining("the field facet is \"virtue\"");
  }
}
