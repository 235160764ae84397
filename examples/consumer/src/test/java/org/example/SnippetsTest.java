package org.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippets of docs/library.md one after the other, on a small run that it makes first. */
class SnippetsTest {

  private static final int PAIRS = 40;
  private static final String RECIPE =
      """
      name: consumer
      base: BASE
      dtype: float32
      threads: 1
      data: {pairs: pairs.jsonl, max_prompt_tokens: 60, watch_share: 0.3, verdict_share: 0.2}
      sft: {max_tokens: 60, max_steps: 2}
      feedback:
        source: human
        batch: 8
        max_reply_tokens: {action: 6, motivation: 5, consequences: 5}
      reward: {max_length: 128, held_out: 8, batch_size: 8}
      gates: {cut_reply_stop: 1}
      """;

  @TempDir private Path work;

  @Test
  void everySnippetRuns() throws IOException {
    Path base = Path.of(System.getProperty("practice.base")).toRealPath();
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < PAIRS; i++) {
      String talk = "\\n\\nHuman: What about " + i + "?\\n\\nAssistant: ";
      pairs.append("{\"chosen\": \"" + talk + "Gladly\", \"rejected\": \"" + talk + "Never\"}\n");
    }
    Files.writeString(work.resolve("pairs.jsonl"), pairs);
    Path recipe =
        Files.writeString(work.resolve("consumer.yaml"), RECIPE.replace("BASE", base.toString()));
    Path run = Snippets.runARecipe(recipe, work.resolve("run"));
    Snippets.scoreAConversation(run);
    Snippets.chat(base);
    Snippets.labelAPair(base);
    Snippets.useLangchain4j(base, run);
  }
}
