package io.arete.rlaif.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HumanPairsTest {

  private static final String TALK =
      "\\n\\nHuman: Hi\\n\\nAssistant: Hello!\\n\\nHuman: Help: me\\n\\nAssistant:";

  @TempDir Path folder;

  private HumanPairs read(String... lines) throws Exception {
    Path file = folder.resolve("pairs.jsonl");
    Files.writeString(file, String.join("\n", lines));
    return HumanPairs.read(file, 0);
  }

  private static String line(String chosen, String rejected) {
    return "{\"chosen\": \"" + chosen + "\", \"rejected\": \"" + rejected + "\"}";
  }

  @Test
  void aTranscriptBecomesAPromptAndTwoReplies() throws Exception {
    HumanPair pair = read(line(TALK + " Yes.\\n\\nAnd more.", TALK + " No.")).pairs().get(0);

    assertThat(pair.id()).isEqualTo("human-000001");
    assertThat(pair.prompt().messages())
        .containsExactly(Message.user("Hi"), Message.assistant("Hello!"), Message.user("Help: me"));
    assertThat(pair.prompt().firstWords()).isEqualTo("Hi");
    assertThat(pair.chosen()).isEqualTo("Yes.\n\nAnd more.");
    assertThat(pair.rejected()).isEqualTo("No.");
    assertThat(Dialogue.ofChosen(pair).messages())
        .hasSize(4)
        .last()
        .isEqualTo(Message.assistant("Yes.\n\nAnd more."));
  }

  @Test
  void textAndMessageFormsGiveTheSamePair() throws Exception {
    String user = "[{\"role\":\"user\",\"content\":\"Hi\"}]";
    String yes = "{\"role\":\"assistant\",\"content\":\"Yes\"}";
    String no = "{\"role\":\"assistant\",\"content\":\"No\"}";
    HumanPairs pairs =
        read(
            line("\\n\\nHuman: Hi\\n\\nAssistant: Yes", "\\n\\nHuman: Hi\\n\\nAssistant: No"),
            "{\"prompt\":\"Hi\",\"chosen\":\"Yes\",\"rejected\":\"No\"}",
            "{\"prompt\":\"\\n\\nHuman: Hi\\n\\nAssistant:\",\"chosen\":\"Yes\",\"rejected\":\"No\"}",
            "{\"prompt\":" + user + ",\"chosen\":[" + yes + "],\"rejected\":[" + no + "]}",
            "{\"chosen\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + yes
                + "],\"rejected\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + no
                + "]}");

    assertThat(pairs.pairs()).hasSize(5);
    assertThat(pairs.pairs())
        .allSatisfy(
            pair -> {
              assertThat(pair.prompt()).isEqualTo(pairs.pairs().get(0).prompt());
              assertThat(pair.chosen()).isEqualTo("Yes");
              assertThat(pair.rejected()).isEqualTo("No");
            });
  }

  @Test
  void howSureALabelIsComesWithThePair() throws Exception {
    String pair = "{\"prompt\":\"Hi\",\"chosen\":\"Yes\",\"rejected\":\"No\"%s}";
    HumanPairs pairs =
        read(pair.formatted(""), pair.formatted(",\"p\":0.75"), pair.formatted(",\"p\":0.25"));
    assertThat(pairs.pairs()).extracting(HumanPair::p).containsExactly(1.0, 0.75, 0.75);
    assertThat(pairs.pairs()).extracting(HumanPair::chosen).containsExactly("Yes", "Yes", "No");

    for (String p : new String[] {"-0.25", "1.5", "\"high\""}) {
      assertThatThrownBy(() -> read(pair.formatted(",\"p\":" + p)))
          .hasMessageContaining("line 1")
          .hasMessageContaining("the field p is " + p + " but must be from 0 to 1");
    }
  }

  @Test
  void unusablePairsAreDroppedAndNamed() throws Exception {
    HumanPairs pairs =
        read(
            line(TALK + " Yes", TALK + " No"),
            line(TALK + " ", TALK + " No"),
            line(TALK + " Yes", "\\n\\nHuman: Other\\n\\nAssistant: No"),
            line(TALK + " Same", TALK + " Same "),
            line("\\n\\nHuman: Hi", "\\n\\nHuman: Hi"));

    assertThat(pairs.pairs()).hasSize(1);
    assertThat(pairs.dropped())
        .containsExactly(
            new HumanPairs.Dropped(2, "the chosen reply is empty"),
            new HumanPairs.Dropped(3, "chosen and rejected differ before their last reply"),
            new HumanPairs.Dropped(4, "both replies are the same"),
            new HumanPairs.Dropped(5, "it does not end with a reply of the assistant to a user"));
  }

  @Test
  void linesOfAnotherFormFailWithTheirNumber() {
    assertThatThrownBy(() -> read(line(TALK + " a", TALK + " b"), "{\"chosen\": \"x\"}"))
        .hasMessageContaining("line 2: the field rejected is missing.");
    assertThatThrownBy(() -> read(line("no turns", "no turns")))
        .hasMessageContaining("line 1: the transcript does not begin with \"Human:\".");
    assertThatThrownBy(() -> read(line("\\n\\nAssistant: a", TALK + " d")))
        .hasMessageContaining("does not begin with \"Human:\"");
    assertThatThrownBy(
            () ->
                read(
                    "{\"prompt\": [{\"role\": \"bot\", \"content\": \"\"}],"
                        + "\"chosen\":\"a\",\"rejected\":\"b\"}"))
        .hasMessageContaining("line 1: The role 'bot'")
        .hasMessageNotContaining("..");
    assertThatThrownBy(() -> read(line(TALK, TALK))).hasMessageContaining("no usable pair");
  }

  @Test
  void turnsOfOneSpeakerInARowBecomeOne() throws Exception {
    String talk = "\\n\\nHuman: a\\n\\nHuman: b\\n\\nAssistant: c\\n\\nAssistant:";
    HumanPair pair = read(line(talk + " d", talk + " e")).pairs().get(0);

    assertThat(pair.prompt().messages()).containsExactly(Message.user("a\n\nb"));
    assertThat(pair.chosen()).isEqualTo("c\n\nd");
    assertThat(pair.rejected()).isEqualTo("c\n\ne");
  }

  @Test
  void promptsAreReadOnceEachWhateverTheirForm() throws Exception {
    Path file = folder.resolve("prompts.jsonl");
    Files.writeString(
        file,
        "{\"prompt\":\"Hi\"}\n{\"messages\":[{\"role\":\"user\",\"content\":\"Hi \"},"
            + "{\"role\":\"assistant\",\"content\":\"Yes\"}]}\n{\"prompt\":\"Ho\"}\n");

    assertThat(GivenPrompt.read(file, 0))
        .extracting(given -> given.prompt().firstWords())
        .containsExactly("Hi", "Ho");
    assertThat(GivenPrompt.read(file, 0).get(0).prompt().messages().get(0).role())
        .isEqualTo(Role.USER);
  }
}
