package io.arete.engine.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Text to token ids and back, by the tokenizer.json of a model folder. Never truncates or pads. Any
 * number of threads may use one; after {@link #close()} none may.
 */
public final class Tokenizer implements AutoCloseable {

  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false");

  // The library reports its use to its makers and may download natives unless told otherwise.
  static {
    presetProperty("ai.djl.offline", "true");
    presetProperty("OPT_OUT_TRACKING", "true");
    presetProperty("RUST_FLAVOR", "cpu");
  }

  private final HuggingFaceTokenizer full;
  private final HuggingFaceTokenizer plain;
  private final Vocabulary vocabulary;
  private final Set<Integer> specialIds;
  private final Map<String, String> namedTokens;
  private final Path folder;

  private Tokenizer(
      HuggingFaceTokenizer full,
      HuggingFaceTokenizer plain,
      Vocabulary vocabulary,
      Map<String, String> namedTokens,
      Path folder) {
    this.full = full;
    this.plain = plain;
    this.vocabulary = vocabulary;
    this.specialIds = new HashSet<>(vocabulary.special().values());
    this.namedTokens = namedTokens;
    this.folder = folder;
  }

  /**
   * Loads tokenizer.json and the named tokens of a model folder. The caller closes it.
   *
   * @throws AreteException if the file is missing or no tokenizer
   */
  public static Tokenizer load(Path modelFolder) {
    Path file = modelFolder.resolve("tokenizer.json");
    String text = ModelFiles.text(file);
    JsonNode json = ModelFiles.parsed(file, text);
    Vocabulary vocabulary = Vocabulary.read(file, json);
    TokenizerParts.check(file, json);
    Map<String, String> namedTokens = SpecialTokens.read(modelFolder);
    // What was checked, whatever another reader of the same text would see in it.
    HuggingFaceTokenizer full = open(file, json.toString());
    try {
      HuggingFaceTokenizer plain = open(file, Vocabulary.withHiddenSpecialTokens(json));
      return new Tokenizer(full, plain, vocabulary, namedTokens, modelFolder);
    } catch (AreteException e) {
      full.close();
      throw e;
    }
  }

  /**
   * The ids of a text. Special tokens that are written in the text become their ids; none is added.
   * For text that this program or a chat template wrote; see {@link #encodePlain} for others'.
   */
  public int[] encode(String text) {
    return ids(full, text, false);
  }

  /** Like {@link #encode}, with the special tokens that the model's tokenizer adds by itself. */
  public int[] encodeWithSpecialTokens(String text) {
    return ids(full, text, true);
  }

  /**
   * The ids of a text that nobody vouches for: the text of a special token in it is encoded as the
   * ordinary letters that it consists of, so no id is special, but for the unknown token where the
   * vocabulary lacks a letter. (Added tokens that are not special stay tokens.)
   *
   * @throws AreteException if this tokenizer makes a special token of ordinary letters
   */
  public int[] encodePlain(String text) {
    int[] ids = ids(plain, text, false);
    for (int id : ids) {
      if (specialIds.contains(id) && !isUnknownToken(id)) {
        throw new AreteException(
            "The tokenizer of %s makes special token %d of ordinary text; use a model whose tokenizer"
                    .formatted(folder, id)
                + " does not.");
      }
    }
    return ids;
  }

  /**
   * The text of ids without special tokens.
   *
   * @throws AreteException if an id is outside of the vocabulary
   */
  public String decode(int[] ids) {
    long[] checked = checked(ids);
    return guarded(() -> full.decode(checked, true));
  }

  /** The text of ids with special tokens written out; as {@link #decode} otherwise. */
  public String decodeAll(int[] ids) {
    long[] checked = checked(ids);
    return guarded(() -> full.decode(checked, false));
  }

  /** The highest id plus 1: an embedding needs at least as many rows. */
  public int vocabularySize() {
    return vocabulary.size();
  }

  /** The id of a token as the vocabulary spells it, such as {@code <|im_end|>}. */
  public OptionalInt idOf(String token) {
    Integer id = vocabulary.ids().get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Whether an id is a special token's. */
  public boolean isSpecial(int id) {
    return specialIds.contains(id);
  }

  /** The texts of all special tokens. */
  public Collection<String> specialTokens() {
    return List.copyOf(vocabulary.special().keySet());
  }

  /**
   * The text of the token that the folder names as {@code eos_token}.
   *
   * @throws AreteException if it names none
   */
  public String eosToken() {
    String token = namedTokens.get("eos_token");
    if (token == null) {
      throw new AreteException(
          "The model folder %s names no eos_token; add it to tokenizer_config.json."
              .formatted(folder));
    }
    return token;
  }

  @Override
  public void close() {
    full.close();
    plain.close();
  }

  /** Sets a system property where neither it nor the environment variable of that name is set. */
  private static void presetProperty(String name, String value) {
    if (System.getenv(name) == null && System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  private static HuggingFaceTokenizer open(Path file, String json) {
    try (var bytes = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
      return HuggingFaceTokenizer.newInstance(bytes, OPTIONS);
    } catch (IOException | RuntimeException e) {
      throw new AreteException(
          "The file %s is no tokenizer that can be used (%s); fetch it again."
              .formatted(file, firstLine(e)),
          e);
    }
  }

  private static String firstLine(Exception e) {
    return Quoted.line(
        String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given"));
  }

  private int[] ids(HuggingFaceTokenizer tokenizer, String text, boolean addSpecial) {
    long[] ids = guarded(() -> tokenizer.encode(text, addSpecial, false).getIds());
    for (long id : ids) {
      if (id >= vocabulary.size()) {
        throw unusable("it gives the id " + id + ", which its vocabulary does not have", null);
      }
    }
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  /** What the library does with a text, or its failure in a sentence. */
  private <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw unusable(firstLine(e), e);
    }
  }

  private AreteException unusable(String reason, @Nullable Exception cause) {
    return new AreteException(
        "The tokenizer of %s fails (%s); use a model with another tokenizer."
            .formatted(folder, reason),
        cause);
  }

  private long[] checked(int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= vocabulary.size()) {
        throw new AreteException(
            "The token id %d is outside of the vocabulary of %s, whose ids go from 0 to %d."
                .formatted(id, folder, vocabulary.size() - 1));
      }
    }
    return Arrays.stream(ids).asLongStream().toArray();
  }

  /** What stands for letters that the vocabulary lacks may be special and still no command. */
  private boolean isUnknownToken(int id) {
    return Integer.valueOf(id).equals(vocabulary.ids().get(vocabulary.unknown()));
  }
}
