package io.arete.engine;

import java.nio.charset.StandardCharsets;

/**
 * Counted randomness: every draw is a pure function of a key and a position, so what is drawn
 * depends neither on the order of the calls, nor on the batch, nor on where a run was cut.
 *
 * <p>A key is built of words, from the seed down: {@code CountedRandom.of(seed).at("ppo")
 * .at(prompt).at(sample)}; then {@code uniform(position)} is one draw. Keys are immutable 128-bit
 * values and may be shared between threads. Equal words give equal keys; the order and the kind of
 * the words (name or number) count. The draws of one position are related: take one number of one
 * kind from each position of a key.
 *
 * <p>Source: Philox-2x64 with ten rounds, from Salmon, Moraes, Dror and Shaw, "Parallel Random
 * Numbers: As Easy as 1, 2, 3", SC 2011. The low half of the key is Philox's key, the high half and
 * the position its counter; a child key is the block of its word under a key set apart for that.
 */
public final class CountedRandom {

  private static final long MULTIPLIER = 0xD2B74407B1CE6E93L;
  private static final long KEY_STEP = 0x9E3779B97F4A7C15L;
  private static final int ROUNDS = 10;

  // Set apart the blocks that make children from those that are drawn (any fixed distinct words).
  private static final long NUMBER_CHILD = 0x6E756D6265720001L;
  private static final long NAME_CHILD = 0x6E616D6500000002L;
  private static final long RETRIES = 0x7265747279000003L;

  private final long high;
  private final long low;

  private CountedRandom(long high, long low) {
    this.high = high;
    this.low = low;
  }

  /** The root key of a run. */
  public static CountedRandom of(long seed) {
    return new CountedRandom(0, 0).at(seed);
  }

  /** The key below this one that carries that number (a prompt, a sample, an epoch). */
  public CountedRandom at(long word) {
    return child(word, NUMBER_CHILD);
  }

  /** The key below this one that carries that name (a stage, a facet). */
  public CountedRandom at(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    CountedRandom key = child(bytes.length, NAME_CHILD);
    for (int start = 0; start < bytes.length; start += Long.BYTES) {
      long word = 0;
      for (int i = start; i < Math.min(start + Long.BYTES, bytes.length); i++) {
        word = word << 8 | (bytes[i] & 0xFF);
      }
      key = key.child(word, NAME_CHILD);
    }
    return key;
  }

  /** 64 random bits. */
  public long bits(long position) {
    return philox(position, high, low, true);
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  public double uniform(long position) {
    return unit(bits(position));
  }

  /**
   * Uniform in 0 … bound − 1 without bias (Lemire, "Fast Random Integer Generation in an Interval",
   * 2019).
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public int below(int bound, long position) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound is " + bound + " but must be positive");
    }
    long product = (bits(position) >>> 32) * bound;
    long tooLow = (1L << 32) % bound;
    if ((product & 0xFFFFFFFFL) < tooLow) {
      CountedRandom retries = child(position, RETRIES);
      for (long attempt = 0; (product & 0xFFFFFFFFL) < tooLow; attempt++) {
        product = (retries.bits(attempt) >>> 32) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** Standard normal, by Box and Muller's transform; the same bits on every machine. */
  public double gaussian(long position) {
    double radiusDraw = 1.0 - unit(philox(position, high, low, true)); // in (0, 1]
    double angleDraw = unit(philox(position, high, low, false));
    return StrictMath.sqrt(-2.0 * StrictMath.log(radiusDraw))
        * StrictMath.cos(2.0 * Math.PI * angleDraw);
  }

  /** A random order of 0 … n − 1, each equally likely; takes this key's positions 0 … n − 1. */
  public int[] shuffle(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1, i);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private CountedRandom child(long word, long kind) {
    long childKey = low ^ kind;
    return new CountedRandom(
        philox(word, high, childKey, true), philox(word, high, childKey, false));
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** One Philox block; it has two words, of which the left or the right is returned. */
  static long philox(long counterLeft, long counterRight, long key, boolean leftWord) {
    long left = counterLeft;
    long right = counterRight;
    long roundKey = key;
    for (int round = 0; round < ROUNDS; round++) {
      long newLeft = unsignedMultiplyHigh(MULTIPLIER, left) ^ roundKey ^ right;
      right = MULTIPLIER * left;
      left = newLeft;
      roundKey += KEY_STEP;
    }
    return leftWord ? left : right;
  }

  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
