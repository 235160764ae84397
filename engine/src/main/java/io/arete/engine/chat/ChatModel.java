package io.arete.engine.chat;

import io.arete.engine.AreteException;
import io.arete.engine.model.BaseForm;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.text.ChatTemplate;
import io.arete.engine.text.ConversationEncoder;
import io.arete.engine.text.Tokenizer;
import java.nio.file.Path;
import java.util.Set;

/** A model folder, loaded: what computes, what encodes, and how conversations are written. */
public final class ChatModel implements AutoCloseable {

  private final Path folder;
  private final BaseForm form;
  private final DecoderModel decoder;
  private final Tokenizer tokenizer;
  private final ConversationEncoder encoder;

  private ChatModel(
      Path folder,
      BaseForm form,
      DecoderModel decoder,
      Tokenizer tokenizer,
      ConversationEncoder encoder) {
    this.folder = folder;
    this.form = form;
    this.decoder = decoder;
    this.tokenizer = tokenizer;
    this.encoder = encoder;
  }

  /**
   * Loads a folder with dense weights.
   *
   * @throws AreteException if a part is missing or the tokenizer has more ids than the model
   */
  public static ChatModel load(Path folder, Dtype dtype, Device device) {
    return load(folder, BaseForm.DENSE, dtype, device);
  }

  /**
   * Loads a folder.
   *
   * @param form in which the linear layers are held
   * @throws AreteException if a part is missing or the tokenizer has more ids than the model
   */
  public static ChatModel load(Path folder, BaseForm form, Dtype dtype, Device device) {
    DecoderModel decoder = DecoderModel.load(folder, form, dtype, device);
    try {
      return of(folder, form, decoder, tokenizer(folder, decoder.config()));
    } catch (RuntimeException e) {
      decoder.close();
      throw e;
    }
  }

  private static ChatModel of(
      Path folder, BaseForm form, DecoderModel decoder, Tokenizer tokenizer) {
    try {
      return new ChatModel(
          folder,
          form,
          decoder,
          tokenizer,
          new ConversationEncoder(ChatTemplate.load(folder), tokenizer));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Loads the tokenizer of a model folder. The caller closes it.
   *
   * @throws AreteException if it is missing or has more ids than the model
   */
  public static Tokenizer tokenizer(Path folder, ModelConfig config) {
    Tokenizer tokenizer = Tokenizer.load(folder);
    if (tokenizer.vocabularySize() > config.vocabulary()) {
      tokenizer.close();
      throw new AreteException(
          folder
              + ": the tokenizer has "
              + tokenizer.vocabularySize()
              + " ids but the model's embedding only "
              + config.vocabulary()
              + "; take the tokenizer.json that belongs to this model.");
    }
    return tokenizer;
  }

  /** Where it was loaded from. */
  public Path folder() {
    return folder;
  }

  /** The form that was asked for. */
  public BaseForm form() {
    return form;
  }

  /** The frozen base. */
  public DecoderModel decoder() {
    return decoder;
  }

  /** Text to ids and back. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Conversations to ids. */
  public ConversationEncoder encoder() {
    return encoder;
  }

  /** Ids that end a reply. */
  public Set<Integer> endOfTurn() {
    return Set.of(encoder.endOfTurnId());
  }

  @Override
  public void close() {
    tokenizer.close();
    decoder.close();
  }
}
