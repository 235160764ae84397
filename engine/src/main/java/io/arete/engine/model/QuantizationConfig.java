package io.arete.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.nio.file.Path;

/** What config.json says about quantised weights, in transformers' words. */
public final class QuantizationConfig {

  /** The key of config.json. */
  public static final String KEY = "quantization_config";

  private static final String METHOD = "bitsandbytes";

  private QuantizationConfig() {}

  /**
   * Whether a folder's linear layers are stored in NF4.
   *
   * @throws AreteException naming another form than NF4 of bitsandbytes
   */
  public static boolean saysNf4(Path folder) {
    JsonNode config = ModelConfigReader.json(folder).path(KEY);
    if (config.isMissingNode() || config.isNull()) {
      return false;
    }
    String method = config.path("quant_method").asText(METHOD);
    if (!method.equals(METHOD)) {
      throw fault(folder, "quant_method " + Quoted.of(method));
    }
    if (config.path("load_in_8bit").asBoolean(false)) {
      throw fault(folder, "load_in_8bit (int8 weights)");
    }
    if (!config.path("load_in_4bit").asBoolean(false)) {
      throw fault(folder, "neither load_in_4bit nor load_in_8bit");
    }
    // What bitsandbytes takes where nothing is said.
    String type = config.path("bnb_4bit_quant_type").asText("fp4");
    if (!type.equals("nf4")) {
      throw fault(folder, "bnb_4bit_quant_type " + Quoted.of(type));
    }
    String storage = config.path("bnb_4bit_quant_storage").asText("uint8");
    if (!storage.equals("uint8")) {
      throw fault(folder, "bnb_4bit_quant_storage " + Quoted.of(storage));
    }
    return true;
  }

  /**
   * Fails for families whose files hold linear layers otherwise than they are computed.
   *
   * @throws AreteException naming the family
   */
  static void requireComputed(ModelConfig config, Path folder) {
    if (!config.family().liesAsComputed()) {
      throw new AreteException(
          folder
              + " is a "
              + config.family().name()
              + " model, whose layers are not held in NF4 here; take it dense");
    }
  }

  /**
   * Adds to a config.json that its linear layers are stored in NF4.
   *
   * @param dtype what products are computed in: float32, float16 or bfloat16
   */
  public static void write(ObjectNode config, boolean nested, String dtype) {
    ObjectNode quantisation = config.putObject(KEY);
    quantisation.put("quant_method", METHOD);
    quantisation.put("load_in_4bit", true);
    quantisation.put("load_in_8bit", false);
    quantisation.put("bnb_4bit_quant_type", "nf4");
    quantisation.put("bnb_4bit_use_double_quant", nested);
    quantisation.put("bnb_4bit_compute_dtype", dtype);
    quantisation.put("bnb_4bit_quant_storage", "uint8");
    quantisation.put("llm_int8_enable_fp32_cpu_offload", false);
    quantisation.put("llm_int8_has_fp16_weight", false);
    quantisation.putNull("llm_int8_skip_modules");
    quantisation.put("llm_int8_threshold", 6.0);
  }

  private static AreteException fault(Path folder, String found) {
    return new AreteException(
        folder.resolve("config.json")
            + " says "
            + KEY
            + " with "
            + found
            + ", but the only quantised form that is read here is bitsandbytes' nf4 in uint8;"
            + " take the model's unquantised folder");
  }
}
