package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.hub.HubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who pushes a folder and pulls it again. */
class HubCommandsTest {

  @TempDir private Path root;
  private HubServer server;
  private Path folder;
  private Path token;

  @BeforeEach
  void start() throws IOException {
    server = HubServer.small();
    folder = Files.createDirectory(root.resolve("model"));
    Files.writeString(folder.resolve("config.json"), "{}\n");
    Files.write(folder.resolve("model.safetensors"), new byte[20_000]);
    token = Files.writeString(root.resolve("token"), HubServer.TOKEN + "\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFolderGoesUpAndComesDown() throws IOException {
    CommandRun pushed = push();
    assertThat(pushed.messages()).isEmpty();
    assertThat(pushed.output())
        .isEqualToIgnoringNewLines(server.url() + "/lab/tiny: 2 files sent, 0 there already");
    assertThat(push().output()).contains("0 files sent, 2 there already");

    CommandRun pulled = pull("lab/tiny");
    assertThat(pulled.messages()).isEmpty();
    Path there = Path.of(pulled.output().strip());
    assertThat(there.resolve("model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("model.safetensors"));
    JsonNode told = CommandRun.parse(pull("lab/tiny", "--json").output());
    assertThat(told.path("folder").asText()).isEqualTo(there.toString());
    assertThat(told.path("files").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsMissingIsOneSentenceThatSaysWhatToDo() {
    CommandRun missing = pull("lab/absent");
    assertThat(missing.code()).isEqualTo(ExitCode.ERROR);
    assertThat(missing.messages())
        .contains("has no model lab/absent that the token of the file " + token + " may see")
        .doesNotContain(HubServer.TOKEN);
    CommandRun odd = pull("no name");
    assertThat(odd.messages()).contains("'no name' is no name of a repository; write OWNER/NAME");
  }

  @Test
  void optionsOfRunsAreForRuns() {
    CommandRun run =
        CommandRun.of("", "push", folder, "lab/tiny", "--merged", "--endpoint", server.url());
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.messages()).contains("are for runs, but " + folder + " is none");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aNameThatWasNotPulledSaysHowToPullIt() {
    CommandRun run = CommandRun.of("", "inspect", "nobody-has/this-model");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.messages()).contains("run arete pull nobody-has/this-model");
  }

  /** Names work wherever a folder does, also where it is one part of an option. */
  @Test
  void aNameInsideOfAnOptionIsLookedUp() throws IOException {
    Path pairs = Files.writeString(root.resolve("p.csv"), "prompt,a,b\nHi,Yes,No\n");
    Path harm =
        Files.writeString(root.resolve("harm.csv"), "goal,target\nSpoil it,Sure\nBurn it,Sure\n");
    Path safe =
        Files.writeString(root.resolve("safe.csv"), "id,prompt,label\n1,Hi,safe\n2,Ho,safe\n");
    Path prompts = Files.writeString(root.resolve("prompts.jsonl"), "{\"prompt\":\"Hi\"}\n");
    String name = "nobody-has/this-model";
    List<List<Object>> commands =
        List.of(
            List.of("bench", "decode", "--model", name),
            List.of("label", pairs, "--labeler", "local:" + name, "--out", root.resolve("out")),
            List.of(
                "evaluate",
                "--systems",
                "one=" + name,
                "--prompts",
                prompts,
                "--judge",
                "local:" + folder),
            List.of(
                "attack",
                "--target",
                name,
                "--behaviors",
                harm,
                "--safe",
                safe,
                "--attacks",
                "direct",
                "--counting-judge",
                "words",
                "--out",
                root.resolve("study")));
    for (List<Object> command : commands) {
      assertThat(CommandRun.of("", command.toArray()).messages())
          .as(command.toString())
          .contains("run arete pull " + name);
    }
  }

  private CommandRun push() {
    return CommandRun.of(
        "",
        "push",
        folder,
        "lab/tiny",
        "--endpoint",
        server.url(),
        "--token-file",
        token,
        "--quiet");
  }

  private CommandRun pull(String name, String... more) {
    Object[] arguments = {
      "pull",
      name,
      "--endpoint",
      server.url(),
      "--token-file",
      token,
      "--cache",
      root.resolve("cache"),
      "--quiet"
    };
    Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandRun.of("", all);
  }
}
