package io.arete.engine.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.RunInstead;
import io.arete.engine.model.Family;
import io.arete.engine.nn.Projection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** PEFT's adapter_config.json, read and written. What is not computed here is refused by name. */
final class AdapterConfigJson {

  static final String FILE = "adapter_config.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BYTES = 1 << 20;
  private static final String FAN_IN = "fan_in_fan_out";
  private static final List<String> MUST_BE_FALSE =
      List.of("use_dora", "lora_bias", "use_qalora", "use_bdlora");
  private static final List<String> MUST_BE_EMPTY =
      List.of(
          "rank_pattern",
          "alpha_pattern",
          "layers_to_transform",
          "layer_replication",
          "exclude_modules",
          "target_parameters",
          "trainable_token_indices",
          "alora_invocation_tokens",
          "arrow_config",
          "kasa_config",
          "monteclora_config");

  private final Path file;
  private final JsonNode root;

  private AdapterConfigJson(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  static AdapterConfigJson read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new AreteException(
          RunInstead.sentence(folder)
              .orElse(
                  "the folder "
                      + folder
                      + " has no "
                      + FILE
                      + "; name an adapter folder in PEFT form"));
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new AreteException(
            file + " is larger than " + MAX_BYTES + " bytes: not an adapter's");
      }
      return new AdapterConfigJson(file, JSON.readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new AreteException(file + " cannot be read as JSON; write the adapter again", e);
    }
  }

  /** The base model's folder or name, if one is written. */
  @Nullable String base() {
    return root.path("base_model_name_or_path").asText(null);
  }

  /** The settings, for a model of that family. */
  LoraConfig lora(Family family) {
    if (!root.path("peft_type").asText("").equals("LORA")) {
      throw fault("peft_type " + written(root.path("peft_type")), "LORA");
    }
    MUST_BE_FALSE.forEach(key -> require(!root.path(key).asBoolean(false), key, "false"));
    // PEFT itself takes this from how the base's matrices lie, whatever the file says.
    if (!family.transposed()) {
      require(!root.path(FAN_IN).asBoolean(false), FAN_IN, "false");
    }
    MUST_BE_EMPTY.forEach(key -> require(isNothing(root.path(key)), key, "nothing"));
    require(root.path("bias").asText("none").equals("none"), "bias", "none");
    JsonNode rank = root.path("r");
    if (!rank.isIntegralNumber() || !rank.canConvertToInt()) {
      throw fault("r " + written(rank), "a whole number");
    }
    double alpha = root.path("lora_alpha").asDouble(0);
    boolean rankStabilized = root.path("use_rslora").asBoolean(false);
    try {
      return new LoraConfig(
          rank.intValue(),
          alpha / (rankStabilized ? Math.sqrt(rank.doubleValue()) : rank.intValue()),
          root.path("lora_dropout").asDouble(0),
          targets(family));
    } catch (IllegalArgumentException e) {
      throw new AreteException(file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isContainerNode() && node.isEmpty());
  }

  private Set<Projection> targets(Family family) {
    JsonNode listed = root.path("target_modules");
    if (listed.asText("").equals("all-linear")) {
      return EnumSet.copyOf(family.projections());
    }
    if (!listed.isArray() || listed.isEmpty()) {
      throw fault("target_modules " + written(listed), "a list of linear layers or all-linear");
    }
    EnumSet<Projection> targets = EnumSet.noneOf(Projection.class);
    for (JsonNode name : listed) {
      List<Projection> found = TargetModules.matching(family, name.asText());
      if (found.isEmpty()) {
        throw fault(
            "target_modules " + written(name),
            "the layers of a " + family.name() + " model, " + TargetModules.listed(family));
      }
      targets.addAll(found);
    }
    return targets;
  }

  private void require(boolean holds, String key, String allowed) {
    if (!holds) {
      throw fault(key + " " + written(root.path(key)), key + " " + allowed);
    }
  }

  private static String written(JsonNode node) {
    return node.isMissingNode() ? "(missing)" : Quoted.line(node.toString());
  }

  private AreteException fault(String found, String allowed) {
    return new AreteException(file + " says " + found + ", but this engine reads " + allowed);
  }

  static byte[] write(LoraConfig config, Family family, boolean withHead, String base)
      throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("base_model_name_or_path", base);
    json.put("bias", "none");
    json.put(FAN_IN, family.transposed());
    json.put("inference_mode", true);
    json.put("init_lora_weights", true);
    json.put("lora_alpha", config.alpha());
    json.put("lora_dropout", config.dropout());
    if (withHead) {
      json.putArray("modules_to_save").add("score");
    } else {
      json.putNull("modules_to_save");
    }
    json.put("peft_type", "LORA");
    json.put("r", config.rank());
    ArrayNode targets = json.putArray("target_modules");
    for (Projection projection : new TreeSet<>(config.targets())) {
      targets.add(TargetModules.name(family, projection));
    }
    json.put("task_type", withHead ? "SEQ_CLS" : "CAUSAL_LM");
    json.put("use_dora", false);
    json.put("use_rslora", false);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }
}
