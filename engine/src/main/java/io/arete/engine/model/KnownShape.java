package io.arete.engine.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Models whose shape is known here, each by the config.json of its family. */
public enum KnownShape {
  /** Mistral-7B-v0.2: 7.2 10⁹ weights. */
  MISTRAL_7B("mistral-7b"),
  /** Llama 3 8B: 8.0 10⁹ weights. */
  LLAMA_3_8B("llama-3-8b"),
  /** SmolLM2-135M: 135 10⁶ weights. */
  SMOLLM2_135M("smollm2-135m"),
  /** Small enough for hundreds of steps. */
  TINY("tiny");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String label;

  KnownShape(String label) {
    this.label = label;
  }

  /** The shape of that name. */
  public static KnownShape of(String name) {
    return Arrays.stream(values())
        .filter(shape -> shape.label.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AreteException(
                    "no shape is known by the name "
                        + Quoted.of(name)
                        + "; name one of "
                        + String.join(", ", names())));
  }

  /** What {@link #of} knows. */
  public static List<String> names() {
    return Arrays.stream(values()).map(KnownShape::label).toList();
  }

  /** Its name, such as {@code tiny}. */
  public String label() {
    return label;
  }

  /** Its config.json, without ids of special tokens. */
  public ObjectNode config() {
    try (InputStream file =
        Objects.requireNonNull(KnownShape.class.getResourceAsStream("shapes/" + label + ".json"))) {
      return (ObjectNode) JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
