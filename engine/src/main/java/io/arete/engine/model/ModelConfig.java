package io.arete.engine.model;

import io.arete.engine.forest.AttentionBlock;
import io.arete.engine.nn.Activation;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.DecoderBlock;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.Mlp;
import io.arete.engine.nn.Positions;
import io.arete.engine.nn.RotaryScaling;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What config.json says about a decoder.
 *
 * @param family where its weights are and how they lie
 * @param block how each block computes
 * @param layers number of blocks
 * @param vocabulary rows of the embedding
 * @param maxPositions longest sequence in tokens
 * @param window how many tokens of its sequence, itself the last, a token sees
 * @param normEpsilon ε of the normalisations
 * @param head what reads the last hidden states
 * @param biases linear layers with biases
 */
public record ModelConfig(
    Family family,
    DecoderBlock.Form block,
    Positions positions,
    int layers,
    int vocabulary,
    int maxPositions,
    int window,
    double normEpsilon,
    Head head,
    Set<LinearGroup> biases) {

  /** What reads the last hidden states. */
  public enum Head {
    /** The embedding, which gives logits. */
    TIED,
    /** A matrix of its own, which gives logits. */
    OWN,
    /** One row, which gives a score: a reward model whole. */
    SCORE
  }

  /** Copies the set. */
  public ModelConfig {
    EnumSet<LinearGroup> copy = EnumSet.noneOf(LinearGroup.class);
    copy.addAll(biases);
    biases = Collections.unmodifiableSet(copy);
  }

  /** A Llama with the head tied to the embedding, plain rotary positions and no biases. */
  public static ModelConfig llama(
      BlockShape shape,
      int layers,
      int vocabulary,
      int maxPositions,
      double normEpsilon,
      double rotaryBase) {
    return new ModelConfig(
        Families.LLAMA,
        new DecoderBlock.Form(shape, new Mlp.Gated(Activation.SILU), false),
        new Positions.Turned(shape.headWidth(), rotaryBase, new RotaryScaling.None()),
        layers,
        vocabulary,
        maxPositions,
        AttentionBlock.NO_WINDOW,
        normEpsilon,
        Head.TIED,
        Set.of());
  }

  /** Whether the embedding is also the head. */
  public boolean tiedHead() {
    return head == Head.TIED;
  }

  /** Sizes of each block. */
  public BlockShape shape() {
    return block.shape();
  }
}
