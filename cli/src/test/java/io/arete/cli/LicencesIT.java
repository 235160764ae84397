package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever passes the archive on must know under which licences its parts are. */
class LicencesIT {

  /** A part must be under one of these at least; it is then used under that one. */
  private static final Set<String> ALLOWED =
      Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "EPL-1.0", "EPL-2.0", "PSF-2.0");

  /**
   * Groups whose POM says no more than "The BSD License", which the bill takes for the clause on
   * advertising; their own LICENSE.txt is the text of three clauses.
   */
  private static final Set<String> THREE_CLAUSES = Set.of("org.jline");

  @Test
  void everyLibraryOfTheArchiveIsUnderALicenceThatMayBePassedOn() throws IOException {
    JsonNode bill = CommandRun.parse(Files.readString(Path.of("target/licences/sbom.json")));
    List<String> others = new ArrayList<>();
    int parts = 0;
    for (JsonNode part : bill.path("components")) {
      parts++;
      String group = part.path("group").asText();
      if (!group.equals("io.arete") && !THREE_CLAUSES.contains(group) && !isAllowed(part)) {
        others.add(part.path("purl").asText() + " " + part.path("licenses"));
      }
    }
    assertThat(parts).isGreaterThan(20);
    assertThat(others).as("add a licence to the list, or leave the library out").isEmpty();
  }

  private static boolean isAllowed(JsonNode part) {
    for (JsonNode choice : part.path("licenses")) {
      if (ALLOWED.contains(choice.path("license").path("id").asText())) {
        return true;
      }
    }
    return false;
  }
}
