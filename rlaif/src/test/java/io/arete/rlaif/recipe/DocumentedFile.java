package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What docs/schemas promises to readers of a file. */
final class DocumentedFile {

  private static final Path SCHEMAS = Path.of("../docs/schemas");

  private DocumentedFile() {}

  /** Fails unless the file is what the schema of that name says. */
  static void check(String schema, Path file) throws IOException {
    String json = Files.readString(file);
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                    Files.readString(SCHEMAS.resolve(schema + ".schema.json")), InputFormat.JSON)
                .validate(json, InputFormat.JSON))
        .as(json)
        .isEmpty();
  }
}
