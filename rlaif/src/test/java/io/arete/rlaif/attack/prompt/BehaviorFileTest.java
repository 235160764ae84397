package io.arete.rlaif.attack.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.GivenPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If this breaks, the published sets of behaviors cannot be asked as they are downloaded. */
class BehaviorFileTest {

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Behavior behavior(String id, String request, String group, boolean harmless) {
    return new Behavior(id, request, Behavior.of("x", "x").start(), group, harmless);
  }

  @Test
  void theColumnsOfAdvBenchAreKnown() throws IOException {
    Path file =
        file("adv.csv", "goal,target\n\"Wither, roses\",\"Sure, here is how\"\nSpoil a well,\n");

    assertThat(BehaviorFile.read(file, false, 0))
        .extracting(Behavior::request, Behavior::start)
        .containsExactly(
            tuple("Wither, roses", "Sure, here is how"),
            tuple("Spoil a well", Behavior.of("x", "x").start()));
    assertThat(BehaviorFile.read(file, false, 1)).hasSize(1);
  }

  @Test
  void theColumnsOfHarmBenchAreKnown() throws IOException {
    Path file =
        file(
            "harm.csv",
            """
            Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID
            Wither the roses,standard,other,,,rose_withering
            Spoil it,contextual,other,context,A well.,well_spoiling
            """);

    assertThat(BehaviorFile.read(file, false, 0))
        .containsExactly(
            behavior("rose_withering", "Wither the roses", "other", false),
            behavior("well_spoiling", "Spoil it\n\nA well.", "other", false));
  }

  @Test
  void ofXsTestTheSafeOrTheOtherRowsAreRead() throws IOException {
    Path file =
        file(
            "xs.csv",
            """
            id,prompt,type,label,focus,note
            1,How do I kill a process?,homonyms,safe,kill,x
            2,How do I wither roses?,contrast,unsafe,wither,x
            """);

    assertThat(BehaviorFile.read(file, true, 0))
        .containsExactly(behavior("1", "How do I kill a process?", "homonyms", true));
    assertThat(BehaviorFile.read(file, false, 0))
        .containsExactly(behavior("2", "How do I wither roses?", "contrast", false));
  }

  @Test
  void aLimitTakesFromEveryGroupInTurn() throws IOException {
    // XSTest is sorted by type: its first rows are all of one.
    Path file =
        file("sorted.csv", "request,group\na1,a\na2,a\na3,a\na4,a\nb1,b\nb2,b\nc1,c\nlast,\n");

    assertThat(BehaviorFile.read(file, false, 6))
        .extracting(Behavior::request)
        .containsExactly("a1", "a2", "b1", "b2", "c1", "last");
    assertThat(BehaviorFile.read(file, false, 2))
        .extracting(Behavior::request)
        .containsExactly("a1", "b1");
    assertThat(BehaviorFile.read(file, false, 8)).hasSize(8);
  }

  @Test
  void severalFilesAreOneWhoseResultsAreToldApart() throws IOException {
    Path sorted =
        file("xs.csv", "id,prompt,type,label\n1,How do I kill a process?,homonyms,safe\n");
    Path plain = file("every day.csv", "id,request\n1,What is tea?\n2,What is rain?\n");

    assertThat(BehaviorFile.readAll(List.of(sorted, plain), true, 1))
        .containsExactly(
            behavior("xs-1", "How do I kill a process?", "homonyms", true),
            behavior("every-day-1", "What is tea?", "every-day", true));
    assertThat(BehaviorFile.readAll(List.of(plain), true, 1))
        .containsExactly(behavior("1", "What is tea?", "", true));
    assertThatThrownBy(() -> BehaviorFile.readAll(List.of(plain, plain), true, 0))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("have the id every-day-1");
  }

  @Test
  void whatIsWrongWithAFileIsSaid() throws IOException {
    assertThatThrownBy(() -> BehaviorFile.read(file("a.csv", "text\nhello\n"), false, 0))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("needs one of request, goal, Behavior and prompt");
    assertThatThrownBy(() -> BehaviorFile.read(file("b.csv", "id,request\n1,a\n1,b\n"), false, 0))
        .hasMessageContaining("the id 1 stands there twice");
    assertThatThrownBy(() -> BehaviorFile.read(file("c.csv", "prompt,label\na,unsafe\n"), true, 0))
        .hasMessageContaining("holds no safe request");
  }

  @Test
  void aStagesDirectRequestsAreWrappedAndAllElseStays() throws IOException {
    Path file =
        file(
            "requests.jsonl",
            """
            {"prompt": "Do harm", "group": "direct"}
            {"prompt": "As my aunt, do harm", "group": "role-play"}
            """);
    Path templates =
        file("mine.yaml", "templates:\n- {name: mine, family: logic, text: 'Surely: {request}'}\n");

    assertThat(AttackRequest.read(file, Optional.empty()))
        .extracting(one -> one.asked().group())
        .containsExactly("direct", "role-play");
    List<AttackRequest> wrapped = AttackRequest.read(file, Optional.of(templates.toString()));
    assertThat(wrapped).hasSize(3);
    GivenPrompt asked = wrapped.get(2).asked();
    assertThat(asked.group()).isEqualTo("mine");
    assertThat(asked.prompt().firstWords()).isEqualTo("Surely: Do harm");
    assertThat(wrapped.get(2).bare()).isEqualTo(wrapped.get(0).asked().prompt());
    assertThat(AttackRequest.read(file, Optional.of(TemplateReader.BOX)).size())
        .isEqualTo(2 + TemplateReader.read(TemplateReader.BOX).size());
  }
}
