package io.arete.rlaif.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.hub.HubEndpoint;
import io.arete.engine.hub.HubServer;
import io.arete.engine.hub.HubSettings;
import io.arete.engine.hub.HubToken;
import io.arete.engine.hub.PathFilter;
import io.arete.engine.hub.Pull;
import io.arete.engine.hub.Push;
import io.arete.engine.hub.RepoKind;
import io.arete.engine.hub.RepoName;
import io.arete.engine.hub.Revision;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others get of a run: everything, with cards that say what it is, and nothing private. */
class RunPublicationTest {

  private static final RepoName NAME = RepoName.parse("lab/mine");
  private static final Prompt PROMPT = Prompt.of(List.of(Message.user("May I \"borrow\" it?")));
  private static final PublishWishes PLAIN =
      new PublishWishes(false, Optional.empty(), Optional.empty());

  @TempDir private Path root;
  private Path run;

  @BeforeEach
  void makeRun() throws IOException {
    run = root.resolve("mine");
    write("../base/README.md", "---\nlicense: apache-2.0\n---\n\nlicense: other\n");
    write("../prompts.jsonl", PROMPT.toJson() + "\n");
    write(
        "run.json",
        "{\"format\": 1, \"seed\": 1, \"environment\": {}, \"stages\": {\"ppo\": {\"state\": \"done\"}}}");
    recipe("iterations: 7");
    write(
        "splits.json",
        "{\"counts\":{\"train\":1,\"watch\":0,\"verdict\":0},\"train\":[\""
            + PROMPT.id()
            + "\"],\"watch\":[],\"verdict\":[]}");
    adapter("policy");
    write("policy/metrics.jsonl", "{}\n");
    for (Facet facet : Facet.values()) {
      adapter("reward/" + facet.wireName());
      write(
          "reward/" + facet.wireName() + "/README.md",
          "---\nlibrary_name: peft\n---\n\n# Reward model: " + facet.wireName() + "\n");
      write("reward/" + facet.wireName() + "/normalization.json", "{\"mean\": 0.5}\n");
      write(
          "feedback/preferences/" + facet.wireName() + ".jsonl",
          "{\"id\":\"a-0-1\",\"prompt_id\":\"%s\",\"facet\":\"%s\",\"first\":0,\"second\":1,\"p\":0.25,\"margin\":-1.5,\"source\":\"local\",\"inherited\":false}\n"
              .formatted(PROMPT.id(), facet.wireName()));
    }
    write("feedback/conversations.jsonl", talk(0) + talk(1));
    write(
        "feedback/agreement.json",
        """
        {"source": "local", "facets": {"action": {"pairs": 9, "ties": 2,
          "order_decided": {"share": 0.25, "low": 0.2, "high": 0.3}}}}
        """);
    write(
        "evaluation/summary.json",
        """
        {"n": 96, "samples": 2, "verdict": {"word": "no gain", "sentence": "No gain: so it is."},
         "outcomes": {"ensemble": {"base": 0.1, "tuned": 0.2}},
         "tuned_minus_base": {"ensemble": {"difference": 0.1, "low": -0.05, "high": 0.25,
           "smallest_detectable": 0.2}},
         "judge": {"who": "%s"}}
        """
            .formatted(root.resolve("other-judge")));
    write(
        "gates.json",
        """
        {"gates": [{"name": "probe", "about": "action", "when": "before PPO", "value": "19 of 19",
          "passed": false, "forced": true}]}
        """);
  }

  @Test
  void everyCardSaysWhatItIsMadeOfAndHowGoodItIs() throws IOException {
    List<Publication> made = RunPublication.make(run, NAME, PLAIN, (done, total) -> {});

    assertThat(made.stream().map(one -> one.kind().word() + " " + one.name()))
        .containsExactly(
            "model lab/mine-policy",
            "model lab/mine-reward-action",
            "model lab/mine-reward-motivation",
            "model lab/mine-reward-consequences",
            "dataset lab/mine-preferences");
    for (Publication one : made) {
      assertThat(Files.readString(one.folder().resolve("README.md")))
          .startsWith("---\nlicense: apache-2.0\n")
          .contains(
              "| base | `base` |", "| licence | apache-2.0 |", "| data | `lab/mine-preferences` |")
          .contains("```yaml\n", "seed: 3\n")
          .contains(
              one.kind() == RepoKind.DATASET
                  ? "data/action.parquet"
                  : "datasets: [lab/mine-preferences]");
    }
    assertThat(card(made.get(0)))
        .contains(
            "No gain: so it is.",
            "| ensemble | 0.100 | 0.200 | +0.100 (-0.050 to +0.250) | 0.200 |")
        .contains("probe action (before PPO): 19 of 19; forced")
        .contains("- No gain over the base was shown.")
        .contains("iterations: 7")
        .contains("tags: [ppo,", "with PPO, against three reward models");
    assertThat(card(made.get(1))).contains("# Reward model: action").doesNotContain("iterations");
    assertThat(card(made.get(4)))
        .contains("| action | 1 | 9 | 2 | 0.250 (0.200 to 0.300) | - |")
        .contains("| `p_first` | double | probability that the first is better |");
  }

  /**
   * Who looks for a policy of one kind finds those of that kind, and no praise of what was not
   * used.
   */
  @Test
  void aCardNamesWhatThePolicyHasLearnedFrom() throws IOException {
    recipe("algorithm: dpo");
    assertThat(policyCard())
        .contains("tags: [dpo,", "with DPO, straight from the preference pairs")
        .doesNotContain("against three");
    recipe("{algorithm: grpo, samples_per_prompt: 2, ensemble: action}");
    assertThat(policyCard())
        .contains("tags: [grpo,", "with GRPO, against the reward model of action alone.");
  }

  @Test
  void theBaseHasItsNameOnTheHubWhereThatIsSaid() throws IOException {
    PublishWishes wishes =
        new PublishWishes(false, Optional.of(RepoName.parse("org/big")), Optional.of("mit"));
    Publication policy = RunPublication.make(run, NAME, wishes, (done, total) -> {}).get(0);
    assertThat(card(policy)).contains("license: mit\nbase_model: org/big\n");
    assertThat(policy.folder().resolve("adapter_config.json"))
        .content()
        .contains("\"base_model_name_or_path\" : \"org/big\"");
  }

  @Test
  void noFileTellsHowThisMachineIsArranged() throws IOException {
    RunPublication.make(run, NAME, PLAIN, (done, total) -> {});
    for (Path file : files(run.resolve(RunPublication.FOLDER))) {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(bytes).as(file.toString()).doesNotContain(root.toString());
    }
    assertThat(run.resolve(RunPublication.FOLDER + "/mine-policy/evaluation.json"))
        .content()
        .contains("\"who\" : \"other-judge\"");
  }

  @Test
  void theParquetHasTheSchemaAndTheRows() {
    Publication data = RunPublication.make(run, NAME, PLAIN, (done, total) -> {}).get(4);
    Table table = Table.of(data.folder().resolve("data/motivation.parquet"), Optional.empty());
    assertThat(table.columns())
        .containsExactlyElementsOf(
            PreferenceRows.COLUMNS.stream().map(column -> column.name()).toList());
    List<ObjectNode> rows = table.read(table.columns(), 0, (line, row) -> Optional.of(row));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).path("prompt").path(0).path("content").asText())
        .isEqualTo("May I \"borrow\" it?");
    assertThat(rows.get(0).path("second_action").asText()).isEqualTo("action 1");
    assertThat(rows.get(0).path("p_first").asDouble()).isEqualTo(0.25);
    assertThat(rows.get(0).path("split").asText()).isEqualTo("train");
  }

  @Test
  void allOfItGoesUpAndComesDownWithTheSameBytesAndASecondTimeNothingIsSent() throws IOException {
    try (HubServer server = HubServer.small()) {
      HubSettings settings = settings(server);
      List<Publication> made = RunPublication.make(run, NAME, PLAIN, (done, total) -> {});
      for (Publication one : made) {
        assertThat(push(settings, one).commit()).isPresent();
      }
      assertThat(server.repositories())
          .containsExactly(
              "datasets/lab/mine-preferences",
              "models/lab/mine-policy",
              "models/lab/mine-reward-action",
              "models/lab/mine-reward-consequences",
              "models/lab/mine-reward-motivation");
      for (Publication one : made) {
        Path pulled =
            Pull.pull(
                    settings,
                    one.kind(),
                    one.name(),
                    Revision.MAIN,
                    PathFilter.ALL,
                    (done, total) -> {})
                .folder();
        List<Path> files = files(one.folder());
        for (Path file : files) {
          assertThat(pulled.resolve(one.folder().relativize(file).toString()))
              .hasSameBinaryContentAs(file);
        }
        assertThat(files(pulled)).hasSize(files.size() + 1); // and .gitattributes
      }
      for (Publication one : RunPublication.make(run, NAME, PLAIN, (done, total) -> {})) {
        assertThat(push(settings, one).sent()).as(one.name().toString()).isEmpty();
      }
    }
  }

  @Test
  void whatTheRunHasNotMadeIsNamed() throws IOException {
    Files.delete(run.resolve("policy/adapter_model.safetensors"));
    Files.delete(run.resolve("feedback/preferences/action.jsonl"));
    assertThatThrownBy(() -> RunPublication.make(run, NAME, PLAIN, (done, total) -> {}))
        .hasMessageContaining("has not made a policy, preferences of action; run its recipe");
  }

  private Push.Pushed push(HubSettings settings, Publication one) {
    return Push.folder(
        settings, one.kind(), one.name(), one.folder(), "Push", false, (done, total) -> {});
  }

  private HubSettings settings(HubServer server) throws IOException {
    Path token = Files.writeString(root.resolve("token"), HubServer.TOKEN + "\n");
    return new HubSettings(
        Optional.of(HubEndpoint.parse(server.url())),
        root.resolve("cache"),
        HubToken.ofFile(token),
        false);
  }

  private String policyCard() throws IOException {
    return card(RunPublication.make(run, NAME, PLAIN, (done, total) -> {}).get(0));
  }

  private static String card(Publication one) throws IOException {
    return Files.readString(one.folder().resolve("README.md"));
  }

  private void recipe(String ppo) throws IOException {
    write(
        "recipe.yaml",
        "# Private notes\nname: \"mine\"\nbase: \"%s\"\nseed: 3\nsft:\n  enabled: false\ndata:\n  prompts: \"%s\"\nppo:\n  %s\n"
            .formatted(root.resolve("base"), root.resolve("prompts.jsonl"), ppo));
  }

  private void adapter(String folder) throws IOException {
    write(folder + "/adapter_model.safetensors", folder.repeat(500));
    write(
        folder + "/adapter_config.json",
        "{\"base_model_name_or_path\": \"" + root.resolve("base") + "\", \"r\": 8}");
  }

  private static String talk(int sample) {
    StringBuilder talk =
        new StringBuilder(
            "{\"prompt_id\":\""
                + PROMPT.id()
                + "\",\"sample\":"
                + sample
                + ",\"source\":\"model\"");
    for (Facet facet : Facet.values()) {
      talk.append(
          ",\"%1$s\":{\"text\":\"%1$s %2$d\",\"ids\":[1],\"ended\":\"turn\"}"
              .formatted(facet.wireName(), sample));
    }
    return talk.append("}\n").toString();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = run.resolve(name).normalize();
    Files.createDirectories(file.resolveSibling(".").normalize());
    Files.writeString(file, text);
  }
}
