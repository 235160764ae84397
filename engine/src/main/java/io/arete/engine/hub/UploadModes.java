package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files a hub keeps beside its commits, and which inside.
 *
 * @param large kept in LFS
 * @param small sent inside of the commit
 */
record UploadModes(List<LocalFile> large, List<LocalFile> small) {

  private static final int AT_ONCE = 256;

  UploadModes {
    large = List.copyOf(large);
    small = List.copyOf(small);
  }

  /**
   * Asks the hub.
   *
   * @throws AreteException if it leaves a file out
   */
  static UploadModes ask(HubConnection hub, Subject subject, List<LocalFile> files) {
    URI address = hub.endpoint().at(subject.api() + "/preupload/" + subject.revision().inAddress());
    List<LocalFile> large = new ArrayList<>();
    List<LocalFile> small = new ArrayList<>();
    for (int from = 0; from < files.size(); from += AT_ONCE) {
      List<LocalFile> some = files.subList(from, Math.min(files.size(), from + AT_ONCE));
      JsonNode answer = hub.json(Ask.post(address, question(some).toString()), subject);
      Map<String, JsonNode> told = new HashMap<>();
      answer.path("files").forEach(file -> told.put(file.path("path").asText(), file));
      for (LocalFile file : some) {
        // LFS keeps no empty files.
        boolean beside = isLarge(file, told.get(file.path()), hub) && file.size() > 0;
        (beside ? large : small).add(file);
      }
    }
    return new UploadModes(large, small);
  }

  private static ObjectNode question(List<LocalFile> files) {
    ObjectNode question = HubJson.object();
    ArrayNode list = question.putArray("files");
    for (LocalFile file : files) {
      list.addObject()
          .put("path", file.path())
          .put("sample", Base64.getEncoder().encodeToString(file.sample()))
          .put("size", file.size());
    }
    return question;
  }

  private static boolean isLarge(LocalFile file, @Nullable JsonNode told, HubConnection hub) {
    if (told == null) {
      throw new AreteException(
          "%s does not say how it keeps %s, so it is no hub that Arete knows; check the address"
              .formatted(hub.endpoint(), Quoted.of(file.path())));
    }
    if (told.path("shouldIgnore").asBoolean()) {
      throw new AreteException(
          "the repository's .gitignore leaves out %s; change it there, or rename the file"
              .formatted(Quoted.of(file.path())));
    }
    return HubJson.text(told, "uploadMode", hub.endpoint()).equals("lfs");
  }
}
