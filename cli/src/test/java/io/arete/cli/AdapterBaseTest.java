package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterBaseTest {

  @TempDir private Path folder;

  @Test
  void theFolderThatWasSaidCountsBeforeTheNamedOne() throws IOException {
    assertThat(AdapterBase.folder(naming("elsewhere"), Path.of("said"))).isEqualTo(Path.of("said"));
  }

  @Test
  void aNamedFolderIsLookedForFromTheAdaptersOwn() throws IOException {
    Path base = Files.createDirectories(folder.resolve("base"));
    assertThat(AdapterBase.folder(naming("../base"), null).normalize()).isEqualTo(base);
  }

  @Test
  void aNameThatCanBeNoFolderIsToldWithTheWayOut() throws IOException {
    Path adapter = naming("a\\u0000b");
    assertThatThrownBy(() -> AdapterBase.folder(adapter, null))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("can be no folder")
        .hasMessageContaining("--base");
  }

  private Path naming(String base) throws IOException {
    Path adapter = Files.createDirectories(folder.resolve("adapter"));
    Files.writeString(
        adapter.resolve("adapter_config.json"),
        """
        {"peft_type": "LORA", "base_model_name_or_path": "%s", "r": 2, "lora_alpha": 4,
         "target_modules": ["q_proj"]}
        """
            .formatted(base));
    return adapter;
  }
}
