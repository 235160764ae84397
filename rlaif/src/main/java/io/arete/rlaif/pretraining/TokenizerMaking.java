package io.arete.rlaif.pretraining;

import io.arete.engine.AreteException;
import io.arete.engine.text.bpe.BpeSettings;
import io.arete.engine.text.bpe.BpeTrainer;
import io.arete.engine.text.bpe.ByteLevelBpe;
import io.arete.engine.text.bpe.TokenizerFiles;
import io.arete.engine.text.bpe.WordCounts;
import io.arete.rlaif.config.PretrainTokenizer;
import io.arete.rlaif.extension.Corpus;
import io.arete.rlaif.extension.WeightedMessage;
import io.arete.rlaif.file.IoFailure;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Makes the tokenizer of a corpus. */
final class TokenizerMaking {

  private TokenizerMaking() {}

  /**
   * Learns the merges and writes the tokenizer's files. They are made anew at every start: that
   * takes seconds, and tells whether the corpus is still the one that the model began to learn.
   *
   * @param context the longest sequence of the model
   * @throws AreteException if the folder holds another tokenizer
   */
  static void make(
      Path folder, Corpus corpus, PretrainTokenizer settings, int context, StageListener listener) {
    listener.begin("tokenizer", "documents", settings.documents());
    Iterable<String> texts = () -> texts(corpus, settings.documents(), listener);
    ByteLevelBpe bpe =
        BpeTrainer.train(
            WordCounts.of(texts, ChatForm.TOKENS),
            new BpeSettings(settings.vocabulary(), settings.minimumFrequency()));
    checkSame(folder.resolve("tokenizer.json"), TokenizerFiles.tokenizerJson(bpe));
    TokenizerFiles.write(folder, bpe, ChatForm.TEMPLATE, context);
  }

  private static void checkSame(Path file, byte[] made) {
    try {
      if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), made)) {
        throw new AreteException(
            file
                + " is not the tokenizer that the corpus gives now, so one of them has changed;"
                + " name a new folder.");
      }
    } catch (IOException e) {
      throw IoFailure.reading(file, e);
    }
  }

  private static Iterator<String> texts(Corpus corpus, long documents, StageListener listener) {
    return LongStream.range(0, documents)
        .mapToObj(number -> read(corpus, number, listener))
        .flatMap(List::stream)
        .flatMap(TokenizerMaking::contents)
        .iterator();
  }

  private static List<List<WeightedMessage>> read(
      Corpus corpus, long number, StageListener listener) {
    listener.advance(1);
    return corpus.document(number);
  }

  private static Stream<String> contents(List<WeightedMessage> talk) {
    return talk.stream().map(message -> message.message().content());
  }
}
