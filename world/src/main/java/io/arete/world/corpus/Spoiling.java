package io.arete.world.corpus;

import io.arete.engine.CountedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ways to spoil a reply, so that the judge learns to think less of babble. */
enum Spoiling {
  /** A word is dropped. */
  DROPPED_WORD {
    @Override
    String spoil(String reply, String foreign, CountedRandom key) {
      List<String> words = new ArrayList<>(Arrays.asList(reply.split(" ", -1)));
      if (words.size() > 1) {
        words.remove(key.below(words.size(), 2));
      }
      return String.join(" ", words);
    }
  },
  /** The whole is said again. */
  REPEATED {
    @Override
    String spoil(String reply, String foreign, CountedRandom key) {
      return reply + " " + reply;
    }
  },
  /** A reply to another situation follows, or stands there alone. */
  FOREIGN {
    @Override
    String spoil(String reply, String foreign, CountedRandom key) {
      return key.uniform(2) < 0.5 ? foreign : reply + " " + foreign;
    }
  };

  /** Spoils a reply; {@code foreign} is one to another situation. */
  abstract String spoil(String reply, String foreign, CountedRandom key);
}
