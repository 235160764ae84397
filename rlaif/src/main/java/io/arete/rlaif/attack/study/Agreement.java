package io.arete.rlaif.attack.study;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.attack.judge.ReplyLabel;
import io.arete.rlaif.file.ShareJson;
import java.util.List;
import java.util.Optional;

/** Where two judges differ: how often which labels met. */
final class Agreement {

  private static final String MISSING = "missing";

  private Agreement() {}

  /** The table of two judges over the same replies, the first one's labels as rows. */
  static ObjectNode table(List<Recount> recounts, String first, String second) {
    ObjectNode rows = JsonNodeFactory.instance.objectNode();
    int same = 0;
    int both = 0;
    for (Recount recount : recounts) {
      List<Optional<ReplyLabel>> one = flat(recount, first);
      List<Optional<ReplyLabel>> other = flat(recount, second);
      for (int i = 0; i < one.size(); i++) {
        ObjectNode row = rows.withObject("/" + name(one.get(i)));
        String column = name(other.get(i));
        row.put(column, row.path(column).asInt() + 1);
        boolean told = one.get(i).isPresent() && other.get(i).isPresent();
        both += told ? 1 : 0;
        same += told && one.get(i).equals(other.get(i)) ? 1 : 0;
      }
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("first", first).put("second", second).set("labels", rows);
    if (both > 0) {
      json.set("agree", ShareJson.of(same, both));
    }
    return json;
  }

  private static List<Optional<ReplyLabel>> flat(Recount recount, String judge) {
    return recount.labels().getOrDefault(judge, List.of()).stream().flatMap(List::stream).toList();
  }

  private static String name(Optional<ReplyLabel> label) {
    return label.map(ReplyLabel::wireName).orElse(MISSING);
  }
}
