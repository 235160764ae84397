package io.arete.world;

import io.arete.engine.ModuleRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WorldArchitectureTest {

  @TestFactory
  Stream<DynamicTest> rules() {
    return ModuleRules.ofThisModule();
  }
}
