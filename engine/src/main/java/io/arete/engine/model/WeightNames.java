package io.arete.engine.model;

import io.arete.engine.nn.Projection;
import java.util.Map;
import java.util.Optional;

/**
 * What a family calls its parts, as in transformers: names of modules, without {@code .weight}.
 *
 * @param base what all parts but the head belong to, such as {@code model}
 * @param embedding of tokens
 * @param positions of positions, if they are learned
 * @param blocks the list of blocks, such as {@code layers}
 * @param attentionNorm of a block, before attention
 * @param mlpNorm of a block, before the MLP
 * @param headNorms of a block, of each head of queries and of keys, if there are any
 * @param projections of a block
 * @param norm before the head
 * @param head beside the base
 */
public record WeightNames(
    String base,
    String embedding,
    Optional<String> positions,
    String blocks,
    String attentionNorm,
    String mlpNorm,
    Optional<HeadNorms> headNorms,
    Map<Projection, String> projections,
    String norm,
    String head) {

  /** Norms of the heads of queries and keys. */
  public record HeadNorms(String queries, String keys) {}

  /** Copies the map. */
  public WeightNames {
    projections = Map.copyOf(projections);
  }

  /** A part of the base, such as {@code model.norm}. */
  String inBase(String part) {
    return base + "." + part;
  }

  /** Whether a tensor of that name belongs to a block. */
  boolean inBlocks(String tensor) {
    return tensor.startsWith(inBase(blocks) + ".");
  }

  /** A part of a block, such as {@code model.layers.0.input_layernorm}. */
  String inBlock(int layer, String part) {
    return base + "." + blocks + "." + layer + "." + part;
  }
}
