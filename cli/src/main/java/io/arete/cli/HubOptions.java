package io.arete.cli;

import io.arete.engine.hub.HubEndpoint;
import io.arete.engine.hub.HubSettings;
import io.arete.engine.hub.HubToken;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which hub, and as whom: the environment says it, and these options before it. */
final class HubOptions {

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The hub's address (default: the variable HF_ENDPOINT; none is built in).")
  private @Nullable String endpoint;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the token (default: the variable HF_TOKEN, else the file that HF_TOKEN_PATH"
              + " or HF_HOME names).")
  private @Nullable Path tokenFile;

  /** Both together. */
  HubSettings settings() {
    HubSettings settings = HubSettings.of(System.getenv());
    if (endpoint != null) {
      settings = settings.withEndpoint(HubEndpoint.parse(endpoint));
    }
    if (tokenFile != null) {
      settings = settings.withToken(HubToken.ofFile(tokenFile));
    }
    return settings;
  }
}
