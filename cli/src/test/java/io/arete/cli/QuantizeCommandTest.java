package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizeCommandTest {

  private static final Path MODEL = GoldenFiles.path("nf4-llama/dense");
  private static final List<int[]> SEQUENCES =
      GoldenTensors.sequences(GoldenFiles.json("nf4-llama/golden.json").get("input_ids"));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"nf4", "nf4_single"})
  void aWrittenFolderSaysWhatQuantisingAtTheStartSays(String form) {
    Path out = folder.resolve("out");
    CommandRun written = CommandRun.of("", "quantize", MODEL, out, "--form", form, "--quiet");
    assertThat(written.messages()).isEmpty();
    assertThat(written.output()).contains("wrote " + out).contains(" bytes");

    String atStart = logProbs(MODEL, "--quantize", form);
    assertThat(logProbs(out, "--quantize", "dense")).isEqualTo(atStart);
    assertThat(logProbs(MODEL, "--quantize", "dense")).isNotEqualTo(atStart);
  }

  private static String logProbs(Path model, Object... options) {
    Object[] arguments = {"logprobs", model, "-", options[0], options[1]};
    CommandRun run = CommandRun.of(CommandRun.idLines(SEQUENCES), arguments);
    assertThat(run.messages()).isEmpty();
    return run.output();
  }

  @Test
  void whatCannotBeQuantisedIsSaidInOneSentence() {
    Path out = folder.resolve("out");
    CommandRun dense = CommandRun.of("", "quantize", MODEL, out, "--form", "dense");
    assertThat(dense.code()).isEqualTo(ExitCode.USAGE);
    assertThat(dense.messages()).contains("nf4 or nf4_single");

    CommandRun again = CommandRun.of("", "quantize", GoldenFiles.path("nf4-llama/double"), out);
    assertThat(again.code()).isEqualTo(ExitCode.ERROR);
    assertThat(again.messages()).contains("quantised already").doesNotContain("\n");
    assertThat(out).doesNotExist();
  }
}
