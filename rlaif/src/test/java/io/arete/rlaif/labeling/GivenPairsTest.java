package io.arete.rlaif.labeling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenPairsTest {

  private static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";
  private static final String YES = "{\"role\":\"assistant\",\"content\":\"Yes\"}";
  private static final String NO = "{\"role\":\"assistant\",\"content\":\"No\"}";

  @TempDir private Path folder;

  @Test
  void plainTextsAreWrittenAsPlainTexts() throws IOException {
    GivenPair pair = one("{\"prompt\":\"Hi\",\"a\":\"Yes\",\"b\":\"No\"}");
    assertThat(pair.preference(false))
        .hasToString(
            "{\"id\":\"row-000001\",\"prompt\":\"Hi\",\"chosen\":\"No\",\"rejected\":\"Yes\"}");
  }

  @Test
  void anotherSeparatorIsSeenInTheHeader() throws IOException {
    Path file =
        Files.writeString(folder.resolve("p.csv"), "prompt;chosen;rejected\nHi;Yes, I;No\n");
    assertThatThrownBy(() -> GivenPairs.read(PairSource.of(file)))
        .isInstanceOf(AreteException.class)
        .hasMessage(
            "%s seems to be separated by ';' (its first line is 'prompt;chosen;rejected'); say --delimiter ';' where that is an option, or save it with commas.",
            file);
  }

  @Test
  void messagesAreWrittenAsMessagesHoweverThePromptIsGiven() throws IOException {
    String expected =
        "{\"id\":\"row-000001\",\"prompt\":[%s],\"chosen\":[%s],\"rejected\":[%s]}"
            .formatted(USER, YES, NO);
    String talks = "\"chosen\":[%s,%s],\"rejected\":[%s,%s]}".formatted(USER, YES, USER, NO);
    String replies = "\"chosen\":[%s],\"rejected\":[%s]}".formatted(YES, NO);
    for (String row :
        new String[] {
          "{" + talks,
          "{\"prompt\":[" + USER + "]," + replies,
          "{\"prompt\":\"Hi\"," + replies,
          // Published data repeats the prompt in both talks; the model must not read it twice.
          "{\"prompt\":\"Hi\"," + talks
        }) {
      assertThat(one(row).preference(true)).as(row).hasToString(expected);
    }
  }

  @Test
  void transcriptsAreWrittenAsPromptAndReplies() throws IOException {
    String talk = "\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: So?\\n\\nAssistant:";
    GivenPair pair = one("{\"chosen\":\"%s Yes\",\"rejected\":\"%s No\"}".formatted(talk, talk));
    assertThat(pair.preference(true))
        .hasToString(
            "{\"id\":\"row-000001\",\"prompt\":\"%s\",\"chosen\":\" Yes\",\"rejected\":\" No\"}"
                .formatted(talk));
  }

  @Test
  void parquetAndCsvGiveTheSamePairs() throws IOException, SQLException {
    Path parquet = folder.resolve("pairs.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT [{'role': 'user', 'content': 'Hi'}] AS prompt, [{'role': 'assistant',"
              + " 'content': 'Yes'}] AS chosen, [{'role': 'assistant', 'content': 'No'}] AS"
              + " rejected) TO '"
              + parquet
              + "'");
    }
    Path csv =
        Files.writeString(folder.resolve("pairs.csv"), "prompt,chosen,rejected\nHi,Yes,No\n");
    GivenPair messages = GivenPairs.read(PairSource.of(parquet)).pairs().get(0);
    GivenPair texts = GivenPairs.read(PairSource.of(csv)).pairs().get(0);
    assertThat(messages.sides().prompt()).isEqualTo(texts.sides().prompt());
    assertThat(messages.preference(true).path("chosen").toString()).isEqualTo("[" + YES + "]");
  }

  @Test
  void rowsWithoutAUsablePairAreDroppedAndCounted() throws IOException {
    Path file = folder.resolve("pairs.csv");
    Files.writeString(file, "prompt,a,b\nHi,Yes,No\nHi,,No\nHi,Yes,\"\"\nHi,Yes,Yes\n,Yes,No\n");
    GivenPairs pairs = GivenPairs.read(PairSource.of(file));
    assertThat(pairs.pairs()).hasSize(1);
    assertThat(pairs.rows()).isEqualTo(5);
    assertThat(pairs.dropped())
        .containsEntry("the a reply is empty", 1)
        .containsEntry("the b reply is empty", 1)
        .containsEntry("both replies are the same", 1)
        .containsEntry("the prompt is empty", 1);
    assertThat(pairs.columns().preferred()).isFalse();
  }

  @Test
  void aRowOfAnotherFormIsNamed() throws IOException {
    assertThatThrownBy(() -> one("{\"prompt\":\"Hi\",\"a\":\"Yes\",\"b\":7}"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("line 1: b must be a list of messages");
    assertThatThrownBy(
            () ->
                one(
                    "{\"prompt\":\"Hi\",\"a\":\"Yes\",\"b\":\"No\"}\n{\"prompt\":\"Hi\",\"a\":\"x\"}"))
        .hasMessageContaining("line 2: the field b is missing");
    assertThatThrownBy(() -> one("{\"prompt\":\"Hi\",\"a\":\"Same\",\"b\":\"Same\"}"))
        .hasMessageContaining("no usable pair")
        .hasMessageContaining("both replies are the same");
  }

  /** The first row may lack what others have, and have what others lack. */
  @Test
  void howSureALabelIsIsReadRowByRow() throws IOException {
    String certain = "{\"prompt\":\"Hi\",\"chosen\":\"Yes\",\"rejected\":\"No\"}\n";
    String unsure = "{\"prompt\":\"Hi\",\"chosen\":\"Yes\",\"rejected\":\"No\",\"p\":0.6}\n";
    for (String lines : new String[] {certain + unsure, unsure + certain}) {
      Path file = Files.writeString(folder.resolve("sure.jsonl"), lines);
      assertThat(GivenPairs.read(PairSource.of(file)).pairs())
          .extracting(GivenPair::p)
          .containsExactlyInAnyOrder(1.0, 0.6);
    }
  }

  @Test
  void whichReplyIsBetterIsWhatTheLabelSays() throws IOException {
    String row = "{\"prompt\":\"Hi\",\"chosen\":\"Yes\",\"rejected\":\"No\",\"p\":%s}";
    assertThat(one(row.formatted("0.9")).firstIsBetter()).contains(true);
    assertThat(one(row.formatted("0.1")).firstIsBetter()).contains(false);
    assertThat(one(row.formatted("0.5")).firstIsBetter()).isEmpty();
  }

  /** A weight that is dropped or a margin that is misread would train another model in silence. */
  @Test
  void marginsAndWeightsAreReadForTrainingFromTheRowsThatHaveThem() throws IOException {
    Path lines =
        Files.writeString(
            folder.resolve("weighted.jsonl"),
            "{\"prompt\":\"Hi\",\"chosen\":\"Yes\",\"rejected\":\"No\"}\n"
                + "{\"prompt\":\"Hi\",\"chosen\":\"Yes\",\"rejected\":\"No\",\"margin\":-0.5,"
                + "\"weight\":2}\n");
    assertThat(GivenPairs.readToTrain(PairSource.of(lines)).pairs())
        .extracting(GivenPair::margin, GivenPair::weight)
        .containsExactly(tuple(0.0, 1.0), tuple(-0.5, 2.0));
    Path csv =
        Files.writeString(
            folder.resolve("weighted.csv"),
            "prompt,chosen,rejected,margin,weight\nHi,Yes,No,1.5,0.25\n");
    GivenPairs read = GivenPairs.readToTrain(PairSource.of(csv));
    assertThat(read.pairs())
        .extracting(GivenPair::margin, GivenPair::weight)
        .containsExactly(tuple(1.5, 0.25));
    assertThat(read.columns().told())
        .contains("margin as by how much it should lead", "weight as how much the pair counts");
    assertThat(GivenPairs.read(PairSource.of(csv)).columns().told())
        .as("labeling does not use them")
        .doesNotContain("margin");
  }

  @ParameterizedTest
  @CsvSource({
    "weight,0",
    "weight,-1",
    "weight,NaN",
    "weight,heavy",
    "weight,1e999",
    "margin,NaN",
    "margin,wide"
  })
  void aWeightOrMarginThatIsNoneIsToldWithItsLine(String name, String value) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.jsonl"),
            "{\"prompt\":\"Hi\",\"chosen\":\"Yes\",\"rejected\":\"No\"}\n"
                + "{\"prompt\":\"Hi\",\"chosen\":\"Yes\",\"rejected\":\"No\",\"%s\":\"%s\"}\n"
                    .formatted(name, value));
    assertThatThrownBy(() -> GivenPairs.readToTrain(PairSource.of(file)))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(
            "line 2: the field " + name + " is \"" + value + "\" but must be a number");
  }

  private GivenPair one(String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("pairs.jsonl"), lines + "\n");
    return GivenPairs.read(PairSource.of(file)).pairs().get(0);
  }
}
