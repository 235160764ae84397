package io.arete.engine.quant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What bitsandbytes writes beside a quantised tensor: a small JSON text, stored as bytes under the
 * tensor's name and {@link #STATE}.
 *
 * @param dtype what the tensor was quantised from: float32, float16 or bfloat16
 * @param rows of the matrix
 * @param columns of the matrix
 * @param mean what is added to every nested scale; empty if scales are float32
 */
public record QuantState(String dtype, long rows, long columns, OptionalDouble mean) {

  /** Ends the name of the text itself. */
  public static final String STATE = ".quant_state.bitsandbytes__nf4";

  /** Ends the name of the scales. */
  public static final String SCALES = ".absmax";

  /** Ends the name of the code's values. */
  public static final String MAP = ".quant_map";

  /** Ends the name of the nested scales' maxima. */
  public static final String NESTED_MAXIMA = ".nested_absmax";

  /** Ends the name of the nested scales' values by code. */
  public static final String NESTED_MAP = ".nested_quant_map";

  /** A longer text is none; bitsandbytes writes about 200 bytes. */
  public static final int MOST_BYTES = 4096;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DTYPES = List.of("float32", "float16", "bfloat16");

  /**
   * Reads the text of a file that nobody vouches for.
   *
   * @param bytes at most {@link #MOST_BYTES}
   * @param where begins the message of a failure
   * @throws AreteException if it says what is not computed here, or is no such text
   */
  public static QuantState parse(byte[] bytes, String where) {
    JsonNode root;
    try {
      root = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new AreteException(where + " is not JSON; fetch the file again", e);
    }
    require(root, "quant_type", "nf4", where);
    require(root, "blocksize", Integer.toString(Nf4Blocks.SIZE), where);
    String dtype = root.path("dtype").asText();
    if (!DTYPES.contains(dtype)) {
      throw fault(where, "dtype", root, String.join(", ", DTYPES));
    }
    JsonNode shape = root.path("shape");
    if (!shape.isArray()
        || shape.size() != 2
        || !shape.path(0).canConvertToLong()
        || !shape.path(1).canConvertToLong()) {
      throw fault(where, "shape", root, "two sizes");
    }
    return new QuantState(dtype, shape.path(0).asLong(), shape.path(1).asLong(), mean(root, where));
  }

  private static OptionalDouble mean(JsonNode root, String where) {
    if (!root.has("nested_offset") && !root.has("nested_blocksize")) {
      return OptionalDouble.empty();
    }
    require(root, "nested_blocksize", Integer.toString(NestedScales.SIZE), where);
    require(root, "nested_dtype", "float32", where);
    JsonNode mean = root.path("nested_offset");
    if (!mean.isNumber() || !Float.isFinite((float) mean.asDouble())) {
      throw fault(where, "nested_offset", root, "a number");
    }
    return OptionalDouble.of(mean.asDouble());
  }

  private static void require(JsonNode root, String key, String value, String where) {
    if (!root.path(key).asText().equals(value)) {
      throw fault(where, key, root, value);
    }
  }

  private static AreteException fault(String where, String key, JsonNode root, String allowed) {
    JsonNode found = root.path(key);
    String value = found.isMissingNode() ? "(missing)" : Quoted.plain(found.toString());
    return new AreteException(
        where + " says " + key + " " + value + ", but what is read here is " + allowed);
  }

  /** The text, as bitsandbytes reads it. */
  public byte[] bytes() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("quant_type", "nf4");
    root.put("blocksize", Nf4Blocks.SIZE);
    root.put("dtype", dtype);
    ArrayNode shape = root.putArray("shape");
    shape.add(rows).add(columns);
    if (mean.isPresent()) {
      root.put("nested_blocksize", NestedScales.SIZE);
      root.put("nested_dtype", "float32");
      root.put("nested_offset", mean.getAsDouble());
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }
}
