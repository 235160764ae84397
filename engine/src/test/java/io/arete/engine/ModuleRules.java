package io.arete.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The rules of architecture that hold in every module; each module's test runs them on itself. */
public final class ModuleRules {

  private static final String ROOT = "io.arete.";
  private static final Path SOURCES = Path.of("src/main/java");

  private ModuleRules() {}

  /** The rules for the module whose folder is the working directory. */
  public static Stream<DynamicTest> ofThisModule() {
    JavaClasses classes = new ClassFileImporter().importPath(Path.of("target/classes"));
    PackageEdges edges = PackageEdges.read();
    Map<String, Set<String>> used = usedEdges(classes);
    return Stream.of(
        DynamicTest.dynamicTest(
            "every import between packages is declared",
            () -> assertThat(edges.undeclared(used)).isEmpty()),
        DynamicTest.dynamicTest(
            "every declared import is used",
            () -> assertThat(edges.unused(used, bornPackages())).isEmpty()),
        DynamicTest.dynamicTest(
            "packages form no cycles",
            () ->
                slices()
                    .matching(ROOT + "(**)")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(classes)),
        DynamicTest.dynamicTest("libtorch has one door", () -> checkOneDoor(classes)),
        DynamicTest.dynamicTest("only the main class ends the process", () -> checkExit(classes)),
        DynamicTest.dynamicTest(
            "every package has its page",
            () ->
                assertThat(sourceFolders(SOURCES))
                    .isNotEmpty()
                    .allMatch(folder -> Files.exists(folder.resolve("package-info.java")))));
  }

  private static void checkOneDoor(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "engine.tensor")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .allowEmptyShould(true)
        .check(classes);
  }

  private static void checkExit(JavaClasses classes) {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .allowEmptyShould(true)
        .check(classes);
  }

  /** What each package with classes imports of the project's other packages, short names. */
  private static Map<String, Set<String>> usedEdges(JavaClasses classes) {
    Map<String, Set<String>> used = new TreeMap<>();
    for (JavaClass type : classes) {
      if (type.getSimpleName().equals("package-info")) {
        continue;
      }
      String from = shortName(type.getPackageName());
      Set<String> targets = used.computeIfAbsent(from, name -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (target.startsWith(ROOT) && !shortName(target).equals(from)) {
          targets.add(shortName(target));
        }
      }
    }
    return used;
  }

  /** The packages of all modules that have a source file besides their page. */
  private static Set<String> bornPackages() throws IOException {
    Set<String> born = new TreeSet<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path sources : modules.map(module -> module.resolve(SOURCES)).toList()) {
        for (Path folder : Files.isDirectory(sources) ? sourceFolders(sources) : Set.<Path>of()) {
          if (hasFile(folder, name -> !name.equals("package-info.java"))) {
            String name = sources.relativize(folder).toString();
            born.add(shortName(name.replace('/', '.').replace('\\', '.')));
          }
        }
      }
    }
    return born;
  }

  private static Set<Path> sourceFolders(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(Files::isDirectory)
          .filter(folder -> hasFile(folder, name -> true))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static boolean hasFile(Path folder, Predicate<String> fileName) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> name.endsWith(".java") && fileName.test(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shortName(String packageName) {
    return packageName.substring(ROOT.length());
  }
}
