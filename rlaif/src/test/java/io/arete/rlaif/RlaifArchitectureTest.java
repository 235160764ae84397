package io.arete.rlaif;

import io.arete.engine.ModuleRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RlaifArchitectureTest {

  @TestFactory
  Stream<DynamicTest> rules() {
    return ModuleRules.ofThisModule();
  }
}
