package io.arete.engine;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EngineArchitectureTest {

  @TestFactory
  Stream<DynamicTest> rules() {
    return ModuleRules.ofThisModule();
  }
}
