package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Holds files of runs against docs/schemas. */
final class Schemas {

  private static final Path SCHEMAS = Path.of("../docs/schemas");

  private Schemas() {}

  /** Each line of a file; there are none unless {@code hasLines}. */
  static void valid(Path file, String schema, boolean hasLines) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.isEmpty()).as(file.toString()).isEqualTo(!hasLines);
    for (String line : lines) {
      valid(schema, line);
    }
  }

  static void valid(String schema, String json) throws IOException {
    assertThat(named(schema).validate(json, InputFormat.JSON)).as(json).isEmpty();
  }

  static Schema named(String name) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(SCHEMAS.resolve(name + ".schema.json")), InputFormat.JSON);
  }
}
