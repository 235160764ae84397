package io.arete.rlaif.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An endpoint is asked for in recipes and on the command line by the same keys. */
class EndpointArgumentsTest {

  private static final String HERE = "http://localhost:8080/v1";
  private static final Map<String, String> MODEL = Map.of("--endpoint-model", "judge");
  private static final String RECIPE =
      "name: small\nbase: model\ndata: {pairs: p}\nfeedback: {source: endpoint}\n";

  @Test
  void everyKeyOfTheRecipeIsAnOptionWithTheSameDefault() {
    EndpointSettings recipe =
        recipe("feedback.endpoint.url=" + HERE, "feedback.endpoint.model=judge");
    EndpointSettings options = EndpointArguments.read(HERE, MODEL);

    long keys =
        Recipe.keys().stream().filter(key -> key.path().startsWith("feedback.endpoint.")).count();
    assertThat(EndpointArguments.options()).hasSize((int) keys - 1);
    assertThat(options).usingRecursiveComparison().ignoringFields("origin").isEqualTo(recipe);
    assertThat(options.name("max_requests")).isEqualTo("--endpoint-max-requests");
    assertThat(recipe.name("max_requests")).isEqualTo("feedback.endpoint.max_requests");
  }

  @Test
  void wrongValuesAreAllNamedAsTheyWereTyped() {
    assertThatThrownBy(
            () ->
                EndpointArguments.read(
                    "ftp://there", Map.of("--endpoint-votes", "99", "--endpoint-key-file", "k")))
        .isInstanceOf(AreteException.class)
        .hasMessageContainingAll(
            "--labeler endpoint:URL must be an http or https address",
            "--endpoint-votes is \"99\" but must be");
    assertThatThrownBy(() -> EndpointArguments.read(HERE, Map.of()))
        .hasMessageContaining("--endpoint-model is missing");
    assertThatThrownBy(
            () ->
                EndpointArguments.read(
                    HERE,
                    Map.of(
                        "--endpoint-model", "m",
                        "--endpoint-key-file", "k",
                        "--endpoint-key-variable", "K")))
        .hasMessageContaining("--endpoint-key-variable and --endpoint-key-file are both given");
  }

  @Test
  void aKeyDoesNotLeaveTheMachineUnencryptedUnlessThatIsSaid() {
    for (String open :
        List.of("http://10.0.0.5/v1", "http://127.evil.org", "HTTP://localhost.org")) {
      assertThatThrownBy(() -> recipe(open, false))
          .as(open)
          .isInstanceOf(AreteException.class)
          .hasMessageContainingAll("by plain http", "feedback.endpoint.key_in_clear: true");
      assertThat(recipe(open, true).keyInClear()).isTrue();
    }
    for (String safe :
        List.of(
            "https://10.0.0.5/v1", "http://localhost:1", "http://127.0.0.1", "http://[::1]:8/v1")) {
      assertThat(recipe(safe, false).keyVariable()).as(safe).contains("K");
    }
    Map<String, String> key = Map.of("--endpoint-model", "m", "--endpoint-key-variable", "K");
    assertThatThrownBy(() -> EndpointArguments.read("http://judge.example.org/v1", key))
        .hasMessageContainingAll("judge.example.org", "--endpoint-key-in-clear true");
    // Without a key there is nothing to protect but the texts.
    assertThat(EndpointArguments.read("http://judge.example.org/v1", MODEL).keyFile()).isEmpty();
  }

  @Test
  void aCommitteeWithAnEndpointNeedsItsAddressToo() {
    String committee = "name: s\nbase: model\ndata: {pairs: p}\n";
    List<String> members =
        List.of("feedback.source=committee", "feedback.committee=[base, endpoint]");
    assertThatThrownBy(
            () -> RecipeReader.parse(committee, "test", Path.of("").toAbsolutePath(), members))
        .hasMessageContainingAll("feedback.endpoint.url is missing", "endpoint.model is missing");
    assertThat(FeedbackSection.isFolder("endpoint")).isFalse();
    assertThat(FeedbackSection.isFolder("./endpoint")).isTrue();
  }

  private static EndpointSettings recipe(String url, boolean inClear) {
    return recipe(
        "feedback.endpoint.url=" + url,
        "feedback.endpoint.model=m",
        "feedback.endpoint.key_variable=K",
        "feedback.endpoint.key_in_clear=" + inClear);
  }

  private static EndpointSettings recipe(String... overrides) {
    return RecipeReader.parse(RECIPE, "test", Path.of("").toAbsolutePath(), List.of(overrides))
        .feedback()
        .endpoint();
  }
}
