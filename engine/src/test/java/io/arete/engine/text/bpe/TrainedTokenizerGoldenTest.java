package io.arete.engine.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.GoldenFiles;
import io.arete.engine.text.ChatTemplate;
import io.arete.engine.text.ConversationEncoder;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import io.arete.engine.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Training, files, ids and words are those of the Python library. The property {@code
 * arete.bpe.golden} names another file of its answers, see docs/interop.md.
 */
class TrainedTokenizerGoldenTest {

  private static final Path FOLDER = Path.of("target", "trained-tokenizer");
  private static final String CHATML =
      "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' +"
          + " message['content'] + '<|im_end|>\\n' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";
  private static final SpecialTokenSet SPECIAL =
      new SpecialTokenSet(
          List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>"),
          Map.of(
              TokenRole.BEGIN, "<|endoftext|>",
              TokenRole.END, "<|im_end|>",
              TokenRole.PADDING, "<|pad|>"));

  private static JsonNode golden;
  private static ByteLevelBpe bpe;
  private static Tokenizer tokenizer;

  @BeforeAll
  static void train() throws IOException {
    List<String> texts = new ArrayList<>();
    GoldenFiles.json("bpe/corpus.json").forEach(text -> texts.add(text.textValue()));
    bpe = BpeTrainer.train(WordCounts.of(texts, SPECIAL), new BpeSettings(1000, 2));
    Files.createDirectories(FOLDER);
    TokenizerFiles.write(FOLDER, bpe, CHATML, 2048);
    tokenizer = Tokenizer.load(FOLDER);
    String other = System.getProperty("arete.bpe.golden");
    golden =
        other == null
            ? GoldenFiles.json("bpe/golden.json")
            : new ObjectMapper().readTree(Path.of(other).toFile());
  }

  @AfterAll
  static void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
  }

  @Test
  void theMergesAreThoseOfTheLibrary() {
    List<String> expected = new ArrayList<>();
    golden.get("merges").forEach(merge -> expected.add(merge.textValue()));
    List<String> tokens = bpe.tokens();
    assertThat(bpe.merges())
        .extracting(merge -> tokens.get(merge.left()) + " " + tokens.get(merge.right()))
        .isEqualTo(expected);
    assertThat(tokens).hasSize(golden.get("vocabulary_size").intValue()).doesNotHaveDuplicates();
  }

  @Test
  void idsAreThoseOfTheLibrary() {
    for (JsonNode sample : golden.get("samples")) {
      String text = sample.get("text").textValue();
      assertThat(tokenizer.encode(text)).as(text).isEqualTo(ints(sample.get("ids")));
    }
  }

  @Test
  void everyTextComesBack() {
    for (JsonNode sample : golden.get("samples")) {
      String text = sample.get("text").textValue();
      assertThat(tokenizer.decodeAll(tokenizer.encode(text))).isEqualTo(text);
      assertThat(tokenizer.decode(tokenizer.encodePlain(text))).isEqualTo(text);
    }
  }

  @Test
  void wordsAreThoseOfTheLibrary() {
    WordSplitter splitter = new WordSplitter(SpecialTokenSet.none());
    int compared = 0;
    for (JsonNode sample : golden.get("samples")) {
      String text = sample.get("text").textValue();
      // Where this Java's Unicode is older than the library's, it may not know a letter yet.
      if (sample.has("word_lengths") && text.codePoints().allMatch(Character::isDefined)) {
        IntStream.Builder lengths = IntStream.builder();
        splitter.split(text, word -> lengths.add(word.codePointCount(0, word.length())));
        assertThat(lengths.build().toArray()).as(text).isEqualTo(ints(sample.get("word_lengths")));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(golden.get("samples").size() / 2);
  }

  @Test
  void chatsAreThoseOfTransformers() {
    JsonNode chat = golden.get("chat");
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : chat.get("messages")) {
      Role role = Role.of(message.get("role").textValue());
      messages.add(new Message(role, message.get("content").textValue()));
    }
    ChatTemplate template = ChatTemplate.load(FOLDER);
    ConversationEncoder encoder = new ConversationEncoder(template, tokenizer);
    assertThat(template.render(messages, true)).isEqualTo(chat.get("text").textValue());
    assertThat(encoder.promptIds(messages)).isEqualTo(ints(chat.get("ids")));
    assertThat(encoder.endOfTurnId()).isEqualTo(chat.get("end").intValue());
    assertThat(tokenizer.eosToken()).isEqualTo("<|im_end|>");
    assertThat(tokenizer.idOf("<|pad|>")).hasValue(chat.get("padding").intValue());
    assertThat(tokenizer.specialTokens())
        .extracting(token -> tokenizer.idOf(token).orElseThrow())
        .containsExactlyInAnyOrder(
            IntStream.of(ints(chat.get("special"))).boxed().toArray(Integer[]::new));
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }
}
