package io.arete.langchain4j;

import io.arete.engine.ModuleRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class Langchain4jArchitectureTest {

  @TestFactory
  Stream<DynamicTest> rules() {
    return ModuleRules.ofThisModule();
  }
}
