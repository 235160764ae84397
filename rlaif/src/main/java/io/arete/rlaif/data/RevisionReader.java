package io.arete.rlaif.data;

import io.arete.rlaif.file.YamlNode;
import java.util.Set;
import java.util.TreeSet;

/** Makes the group {@code revision} of a constitution. */
final class RevisionReader {

  private final ConstitutionNodes nodes;

  RevisionReader(ConstitutionNodes nodes) {
    this.nodes = nodes;
  }

  RevisionWording revision(YamlNode.Mapping group) {
    nodes.allowOnly(group, "revision.", Set.of("critique", "revise"));
    String critique = nodes.text(group, "critique", "revision.critique");
    String revise = nodes.text(group, "revise", "revision.revise");
    // One text of the conversation in either makes both whole: a mixture could be asked in no way.
    Set<String> texts = new TreeSet<>(Placeholders.in(critique));
    texts.addAll(Placeholders.in(revise));
    texts.retainAll(RevisionWording.WHOLE_REVISE);
    boolean asTurns = texts.isEmpty();
    check(group, "critique", asTurns ? Set.of() : RevisionWording.WHOLE_CRITIQUE);
    check(group, "revise", asTurns ? Set.of() : RevisionWording.WHOLE_REVISE);
    return new RevisionWording(critique, revise);
  }

  private void check(YamlNode.Mapping group, String name, Set<String> required) {
    JudgeReader.checkPlaceholders(
        nodes, group, name, "revision." + name, required, RevisionWording.VIRTUE);
  }
}
