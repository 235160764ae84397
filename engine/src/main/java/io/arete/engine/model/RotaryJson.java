package io.arete.engine.model;

import static io.arete.engine.model.ConfigJson.written;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.Quoted;
import io.arete.engine.nn.Positions;
import io.arete.engine.nn.RotaryScaling;

/**
 * Reads rotary positions of config.json: {@code rope_parameters} of new files, {@code rope_theta}
 * and {@code rope_scaling} of old ones.
 */
final class RotaryJson {

  private static final double BASE = 10000;
  private static final String SHARE = "partial_rotary_factor";

  private final ConfigJson config;
  private final JsonNode rotary;

  private RotaryJson(ConfigJson config) {
    this.config = config;
    String key = config.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
    this.rotary = config.at(key);
    JsonNode old = config.at("rope_scaling");
    if (old.isObject() && !old.equals(rotary)) {
      throw config.fault(
          "rope_scaling " + written(old) + " beside rope_parameters " + written(rotary),
          "one of them");
    }
    boolean layered = false;
    for (JsonNode element : rotary) {
      layered |= element.isObject();
    }
    if (layered || (config.has(key) && !rotary.isObject())) {
      throw config.fault(key + " " + written(rotary), "one set of rotary settings for all layers");
    }
  }

  /** Positions that turn whole heads. */
  static Positions whole(ConfigJson config, int headWidth) {
    RotaryJson json = new RotaryJson(config);
    JsonNode share = json.either(SHARE);
    if (!share.isMissingNode() && share.asDouble() != 1) {
      throw config.fault(SHARE + " " + written(share), SHARE + " 1 here");
    }
    return json.positions(headWidth, "rope_theta");
  }

  /**
   * Positions that turn the first part of each head.
   *
   * @param shareKey the old name of the share that turns
   * @param share if none is given
   * @param baseKey the old name of the base
   */
  static Positions part(
      ConfigJson config, int headWidth, String shareKey, double share, String baseKey) {
    RotaryJson json = new RotaryJson(config);
    JsonNode given = json.either(SHARE);
    double turning = given.isNumber() ? given.asDouble() : config.positive(shareKey, share);
    int width = (int) (headWidth * turning);
    if (!(turning <= 1) || width < 2 || width % 2 != 0) {
      throw config.fault(
          "a rotary share of " + turning + " of heads of width " + headWidth,
          "shares up to 1 that turn an even number of channels");
    }
    return json.positions(width, config.has(baseKey) ? baseKey : "rope_theta");
  }

  /** A setting among the rotary ones, or beside them. */
  private JsonNode either(String key) {
    return rotary.hasNonNull(key) ? rotary.path(key) : config.at(key);
  }

  private Positions positions(int width, String baseKey) {
    double base =
        rotary.hasNonNull("rope_theta")
            ? config.positive(rotary, "rope_theta")
            : config.positive(baseKey, BASE);
    return new Positions.Turned(width, base, scaling());
  }

  private RotaryScaling scaling() {
    String type = rotary.path("rope_type").asText(rotary.path("type").asText("default"));
    return switch (type) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(config.positive(rotary, "factor"));
      case "llama3" ->
          new RotaryScaling.Llama3(
              config.positive(rotary, "factor"),
              config.positive(rotary, "low_freq_factor"),
              config.positive(rotary, "high_freq_factor"),
              config.positive(rotary, "original_max_position_embeddings"));
      default ->
          throw config.fault(
              "rotary scaling \"" + Quoted.line(type) + "\"", "default, linear or llama3");
    };
  }
}
