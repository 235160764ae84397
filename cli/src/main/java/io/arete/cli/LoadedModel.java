package io.arete.cli;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.chat.Speaker;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A model folder with adapters over it, as scripting commands use it. */
final class LoadedModel implements AutoCloseable {

  private final DecoderModel decoder;
  private final LineEncoder encoder;
  private final List<Adapter> stack;
  private final FrozenStack frozen;
  private final Path folder;

  private LoadedModel(
      Path folder,
      DecoderModel decoder,
      LineEncoder encoder,
      List<Adapter> stack,
      FrozenStack frozen) {
    this.folder = folder;
    this.decoder = decoder;
    this.encoder = encoder;
    this.stack = stack;
    this.frozen = frozen;
  }

  /**
   * Loads a folder and the adapters over it.
   *
   * @param adapterFolders lowest first
   * @throws AreteException if something is missing or does not fit together
   */
  static LoadedModel load(Path folder, List<Path> adapterFolders, ComputeOptions options) {
    return load(
        folder,
        adapterFolders,
        () -> DecoderModel.load(folder, options.form(), options.prepare(), options.device()));
  }

  /** As the other, exactly: in float32, where the machine computes best. */
  static LoadedModel exact(Path folder, List<Path> adapterFolders) {
    return load(
        folder, adapterFolders, () -> DecoderModel.load(folder, Dtype.FLOAT32, Device.best()));
  }

  private static LoadedModel load(
      Path folder, List<Path> adapterFolders, Supplier<DecoderModel> base) {
    DecoderModel decoder = base.get();
    List<Adapter> stack = new ArrayList<>();
    try {
      ModelConfig config = decoder.config();
      for (Path adapter : adapterFolders) {
        stack.add(AdapterFiles.read(adapter, config, decoder.device()));
      }
      LineEncoder encoder = new LineEncoder(folder, from -> ChatModel.tokenizer(from, config));
      FrozenStack frozen = new FrozenStack(stack, config.layers(), decoder.dtype());
      return new LoadedModel(folder, decoder, encoder, stack, frozen);
    } catch (RuntimeException e) {
      stack.forEach(Adapter::close);
      decoder.close();
      throw e;
    }
  }

  DecoderModel decoder() {
    return decoder;
  }

  LineEncoder encoder() {
    return encoder;
  }

  /** What the adapters add. */
  Adapters adapters() {
    return frozen;
  }

  /**
   * Who replies, with those additions.
   *
   * @throws AreteException if the model has no tokenizer or chat template
   */
  Speaker speaker(Adapters additions) {
    return new Speaker(
        decoder, additions, encoder.conversations(), ids -> encoder.decode(ids).orElseThrow());
  }

  /** The head of the topmost adapter, or without adapters the model's own. */
  Optional<ScalarHead> head() {
    return stack.isEmpty() ? decoder.score() : stack.get(stack.size() - 1).head();
  }

  /** Ids that end a reply: the chat template's, or else those that the configuration names. */
  Set<Integer> endOfTurn() {
    return encoder.hasConversations()
        ? Set.of(encoder.conversations().endOfTurnId())
        : EndOfSequence.read(folder);
  }

  /**
   * The ids, if the model can read them.
   *
   * @param newTokens how many more tokens shall follow them
   * @throws AreteException naming the line, if an id is unknown or the context too short
   */
  int[] checked(InputLine line, int[] ids, int newTokens) {
    ModelConfig config = decoder.config();
    for (int id : ids) {
      if (id < 0 || id >= config.vocabulary()) {
        throw line.failure(
            "the token id %d is outside of the model's vocabulary, 0 to %d"
                .formatted(id, config.vocabulary() - 1));
      }
    }
    if ((long) ids.length + newTokens > config.maxPositions()) {
      String reply = newTokens == 0 ? "" : " and a reply of up to " + newTokens;
      throw line.failure(
          "%d tokens%s exceed the model's context of %d; shorten the text%s"
              .formatted(
                  ids.length,
                  reply,
                  config.maxPositions(),
                  newTokens == 0 ? "" : " or lower --max-new-tokens"));
    }
    return ids;
  }

  @Override
  public void close() {
    frozen.close();
    stack.forEach(Adapter::close);
    encoder.close();
    decoder.close();
  }
}
