package io.arete.rlaif.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

  @TempDir private Path folder;

  @Test
  void csvKeepsEveryCellAsText() throws IOException {
    Path file =
        write("a.csv", "\uFEFFprompt,a,b\n\"x, \"\"y\"\"\",\"=1+2\nnext\",007\n# no,,\"\"\n");
    List<ObjectNode> rows = rows(file, "prompt", "a", "b");
    assertThat(Table.of(file, Optional.empty()).columns()).containsExactly("prompt", "a", "b");
    // A formula stays the text it is: nothing computes it, nothing hides it.
    assertThat(rows.get(0).path("prompt").asText()).isEqualTo("x, \"y\"");
    assertThat(rows.get(0).path("a").asText()).isEqualTo("=1+2\nnext");
    assertThat(rows.get(0).path("b").asText()).isEqualTo("007");
    assertThat(rows.get(1).path("prompt").asText()).isEqualTo("# no");
    assertThat(rows.get(1).path("a").isNull()).isTrue();
    assertThat(rows.get(1).path("b").isNull()).isTrue();
  }

  @Test
  void otherDelimitersAreTabsOrSaid() throws IOException {
    assertThat(rows(write("a.tsv", "a\tb\nx, y\tz\n"), "a").get(0).path("a").asText())
        .isEqualTo("x, y");
    Path file = write("a.csv", "a;b\nx, y;z\n");
    assertThat(Table.of(file, Optional.of(';')).columns()).containsExactly("a", "b");
  }

  @Test
  void parquetGivesTextsAndListsOfMessages() throws SQLException {
    Path file = folder.resolve("it's 100%s.parquet");
    sql(
        "COPY (SELECT 'Hi' AS prompt, [{'role': 'assistant', 'content': 'y' || chr(27)}] AS chosen,"
            + " 'n' || chr(0) AS rejected, i FROM range(3000) t(i) ORDER BY i) TO "
            + DuckDb.text(file.toString()));
    assertThat(Table.of(file, Optional.empty()).columns())
        .containsExactly("prompt", "chosen", "rejected", "i");
    List<ObjectNode> rows = rows(file, "chosen", "rejected", "i");
    assertThat(rows).hasSize(3000);
    assertThat(rows.get(2999).path("i").asInt()).isEqualTo(2999);
    assertThat(rows.get(0).path("chosen").path(0).path("content").asText()).isEqualTo("y\u001b");
    assertThat(rows.get(0).path("rejected").asText()).isEqualTo("n\0");
    assertThat(rows.get(0).has("prompt")).isFalse();
  }

  @Test
  void aLimitReadsSoManyRows() throws IOException {
    Path file = write("a.csv", "a,b\n" + "x,y\n".repeat(5));
    assertThat(Table.of(file, Optional.empty()).read(List.of("a"), 2, TableTest::row)).hasSize(2);
  }

  @Test
  void aMegabyteInOneCellIsRead() throws IOException {
    Path file = write("big.csv", "a,b\n" + "x".repeat(1 << 20) + ",y\n");
    assertThat(rows(file, "a", "b").get(0).path("a").asText()).hasSize(1 << 20);
  }

  @Test
  void aNulByteStaysInItsCell() throws IOException {
    assertThat(rows(write("nul.csv", "a,b\nx\0z,y\n"), "a", "b").get(0).path("a").asText())
        .isEqualTo("x\0z");
  }

  @Test
  void damagedCsvIsNamedWithItsLine() throws IOException {
    assertThatThrownBy(() -> rows(write("short.csv", "a,b\nx,y\nz\u001b[31m\n"), "a"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("short.csv line 3 has 1 columns where its header has 2")
        .hasMessageNotContaining("\u001b");
    assertThatThrownBy(() -> rows(write("open.csv", "a,b\nx,y\nz,\"u\n"), "a"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("open.csv")
        .hasMessageContaining("double quote");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "a,b\nx,\u00e9t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> rows(latin, "a", "b"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("latin.csv")
        .hasMessageContaining("is not UTF-8 text; save it as UTF-8.");
  }

  @Test
  void aParquetFileCutInHalfIsNamed() throws SQLException, IOException {
    Path whole = folder.resolve("a.parquet");
    sql("COPY (SELECT i, repeat('x', 50) AS a FROM range(500) t(i)) TO " + DuckDb.text(whole + ""));
    byte[] bytes = Files.readAllBytes(whole);
    for (int cut : new int[] {0, 3, bytes.length / 2, bytes.length - 1}) {
      Path half = folder.resolve("half.parquet");
      Files.write(half, Arrays.copyOf(bytes, cut));
      assertThatThrownBy(() -> Table.of(half, Optional.empty()).columns())
          .as("%d bytes", cut)
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("half.parquet is no whole Parquet file");
    }
  }

  @Test
  void damagedPagesEndInASentenceToo() throws SQLException, IOException {
    Path whole = folder.resolve("a.parquet");
    sql("COPY (SELECT i, repeat('x', i) AS a FROM range(500) t(i)) TO " + DuckDb.text(whole + ""));
    byte[] bytes = Files.readAllBytes(whole);
    for (int at = 4; at < bytes.length - 8; at += 1 + bytes.length / 60) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) 0x55;
      Path file = folder.resolve("damaged.parquet");
      Files.write(file, damaged);
      try {
        rows(file, "a");
      } catch (AreteException e) {
        assertThat(e).hasMessageContaining("damaged.parquet");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty.csv", "empty.jsonl", "header.csv"})
  void aFileWithoutRowsSaysSo(String name) throws IOException {
    Path file = write(name, name.startsWith("header") ? "a,b\n" : "");
    assertThatThrownBy(() -> rows(file, Table.of(file, Optional.empty()).columns().get(0)))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(name + " holds no");
  }

  @Test
  void onlyTheFileThatWasAskedForCanBeOpened() throws Exception {
    Path mine = write("mine.csv", "a\nx\n");
    Path other = write("other.csv", "a\nsecret\n");
    try (Connection connection = DuckDb.open(DuckDb.place(mine))) {
      for (String attempt :
          List.of(
              "SELECT * FROM read_csv(" + DuckDb.text(other.toString()) + ")",
              "SELECT * FROM read_text('/etc/hostname')",
              "SELECT * FROM glob('/*')",
              "SELECT * FROM 'https://localhost/a.parquet'",
              "COPY (SELECT 1) TO " + DuckDb.text(folder.resolve("out.csv").toString()),
              "INSTALL httpfs",
              "LOAD httpfs",
              "SET enable_external_access = true",
              "SET memory_limit = '100GB'")) {
        assertThatThrownBy(() -> execute(connection, attempt))
            .as(attempt)
            .isInstanceOf(SQLException.class)
            .hasMessageMatching("(?s).*(Permission Error|configuration has been locked).*");
      }
    }
    assertThat(folder.resolve("out.csv")).doesNotExist();
  }

  @Test
  void aNameThatIsAPatternIsRefused() throws IOException {
    Path file = write("a[bc].csv", "a\nx\n");
    assertThatThrownBy(() -> Table.of(file, Optional.empty()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("rename it");
  }

  @Test
  void missingAndUnknownFilesAreNamed() throws IOException {
    assertThatThrownBy(() -> Table.of(folder.resolve("no.csv"), Optional.empty()))
        .hasMessageContaining("There is no file");
    assertThatThrownBy(() -> Table.of(folder, Optional.empty()))
        .hasMessageContaining("is a folder;");
    Path file = write("a.xlsx", "a");
    assertThatThrownBy(() -> Table.of(file, Optional.empty()))
        .hasMessageContaining(".jsonl")
        .hasMessageContaining(".parquet");
  }

  private static Optional<ObjectNode> row(int number, ObjectNode row) {
    return Optional.of(row);
  }

  private static List<ObjectNode> rows(Path file, String... columns) {
    return Table.of(file, Optional.empty()).read(List.of(columns), 0, TableTest::row);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      execute(connection, statement);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
