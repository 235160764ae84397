package io.arete.rlaif.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who builds on Arete is told in docs/library.md what will not change under him. */
class PublicApiTest {

  private static final String HERE = "io.arete.rlaif.api";

  @Test
  void theDocumentsListExactlyTheTypesThatSignaturesName() throws IOException {
    JavaClasses classes =
        new ClassFileImporter().importPath(Path.of("target/classes", HERE.replace('.', '/')));
    Set<String> named = new TreeSet<>();
    for (JavaClass type : classes) {
      if (type.getModifiers().contains(JavaModifier.PUBLIC)) {
        named.add(type.getName());
        type.getCodeUnits().stream()
            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(PublicApiTest::types)
            .filter(name -> name.startsWith("io.arete."))
            .forEach(named::add);
      }
    }
    named.removeIf(name -> name.endsWith("package-info"));
    assertThat(listed()).isEqualTo(named);
  }

  private static Stream<String> types(JavaCodeUnit unit) {
    return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getName);
  }

  private static Set<String> listed() throws IOException {
    Matcher lines =
        Pattern.compile("(?m)^- `(io\\.arete\\.[\\w.]+)`")
            .matcher(Files.readString(Path.of("../docs/library.md")));
    return lines
        .results()
        .map(line -> line.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
