package io.arete.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackageEdgesTest {

  private static final PackageEdges EDGES =
      PackageEdges.parse(
          List.of("# comment", "", "engine.nn -> engine.tensor, engine.forest", "cli -> rlaif.*"));

  @Test
  void anImportThatNoLineAllowsIsAFault() {
    assertThat(EDGES.undeclared(Map.of("engine.nn", Set.of("engine.tensor", "engine.model"))))
        .containsExactly(
            "engine.nn imports engine.model, which package-edges.txt does not declare");
    assertThat(EDGES.undeclared(Map.of("engine.unknown", Set.of("engine.tensor")))).hasSize(1);
  }

  @Test
  void theEnginesRootIsOpenToAll() {
    assertThat(EDGES.undeclared(Map.of("engine.unknown", Set.of("engine")))).isEmpty();
  }

  @Test
  void aStarStandsForAnyPackageOfTheModuleAndForNoOther() {
    assertThat(EDGES.undeclared(Map.of("cli", Set.of("rlaif.run", "rlaif.ppo")))).isEmpty();
    assertThat(EDGES.undeclared(Map.of("cli", Set.of("engine.nn")))).hasSize(1);
  }

  @Test
  void aDeclaredImportThatNobodyMakesIsAFaultOnceBothPackagesExist() {
    Map<String, Set<String>> used = Map.of("engine.nn", Set.of("engine.tensor"));
    assertThat(EDGES.unused(used, Set.of("engine.nn", "engine.tensor"))).isEmpty();
    assertThat(EDGES.unused(used, Set.of("engine.nn", "engine.tensor", "engine.forest")))
        .containsExactly("package-edges.txt declares engine.nn -> engine.forest, which is unused");
    assertThat(EDGES.unused(Map.of("cli", Set.of()), Set.of("rlaif.run"))).hasSize(1);
    assertThat(EDGES.unused(Map.of("cli", Set.of("rlaif.ppo")), Set.of("rlaif.run"))).isEmpty();
  }

  @Test
  void aLineThatSaysNothingOrSaysItTwiceIsRejected() {
    assertThatThrownBy(() -> PackageEdges.parse(List.of("engine.nn engine.tensor")))
        .hasMessage("line 1 has no '->': engine.nn engine.tensor");
    assertThatThrownBy(() -> PackageEdges.parse(List.of("a -> b", "a -> c")))
        .hasMessage("line 2 declares a package again: a -> c");
    assertThatThrownBy(() -> PackageEdges.parse(List.of("a -> b, b")))
        .hasMessage("line 1 declares b twice");
  }
}
