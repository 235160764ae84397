package io.arete.rlaif.table;

import io.arete.rlaif.data.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON lines as a table. */
record JsonLinesTable(Path file) implements Table {

  @Override
  public List<String> columns() {
    return JsonLines.read(
            file,
            1,
            (line, row) -> {
              List<String> names = new ArrayList<>();
              row.fieldNames().forEachRemaining(names::add);
              return Optional.of(names);
            })
        .get(0);
  }

  @Override
  public <T> List<T> read(List<String> columns, int limit, JsonLines.RowReader<T> reader) {
    return JsonLines.read(file, limit, reader);
  }
}
