package io.arete.engine.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which file of a folder holds which tensor, from {@code model.safetensors.index.json}.
 *
 * @param fileByTensor tensor name → plain name of a file in the index's own folder
 */
public record ShardIndex(SortedMap<String, String> fileByTensor) {

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}");
  private static final String SUFFIX = ".safetensors";

  public ShardIndex {
    fileByTensor = Collections.unmodifiableSortedMap(new TreeMap<>(fileByTensor));
  }

  /**
   * Reads an index.
   *
   * @throws AreteException if it is not an index, or names a file outside of its folder
   */
  public static ShardIndex read(Path path) {
    try (FileBytes file = FileBytes.open(path)) {
      if (file.size() > BoundedJson.MAX_BYTES) {
        throw new AreteException(
            "%s has %d bytes, but an index has at most %d"
                .formatted(path, file.size(), BoundedJson.MAX_BYTES));
      }
      try (JsonParser json = BoundedJson.parser(file.read(0, (int) file.size()))) {
        return new ShardIndex(parse(path, json));
      }
    } catch (IOException e) {
      throw new AreteException(
          "%s is a broken index: %s; fetch it again".formatted(path, BoundedJson.fault(e)), e);
    }
  }

  private static SortedMap<String, String> parse(Path path, JsonParser json) throws IOException {
    SortedMap<String, String> fileByTensor = new TreeMap<>();
    require(json.nextToken() == JsonToken.START_OBJECT, path, "it is not a JSON object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      boolean isWeightMap = json.currentName().equals("weight_map");
      JsonToken value = json.nextToken();
      if (!isWeightMap) {
        json.skipChildren();
        continue;
      }
      require(value == JsonToken.START_OBJECT, path, "weight_map is not a JSON object");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String tensor = json.currentName();
        require(json.nextToken() == JsonToken.VALUE_STRING, path, "weight_map holds no file name");
        fileByTensor.put(tensor, plainName(path, tensor, json.getText()));
      }
    }
    require(json.nextToken() == null, path, "something follows the JSON object");
    require(!fileByTensor.isEmpty(), path, "its weight_map names no tensor");
    return fileByTensor;
  }

  /** A name with a separator, a drive or dots in front could lead out of the folder. */
  private static String plainName(Path path, String tensor, String file) {
    if (!PLAIN_NAME.matcher(file).matches() || !file.endsWith(SUFFIX)) {
      throw new AreteException(
          "%s places tensor %s in %s, but only the plain name of a %s file beside it is allowed"
              .formatted(path, Quoted.of(tensor), Quoted.of(file), SUFFIX));
    }
    return file;
  }

  private static void require(boolean holds, Path path, String fault) {
    if (!holds) {
      throw new AreteException("%s is a broken index: %s; fetch it again".formatted(path, fault));
    }
  }
}
