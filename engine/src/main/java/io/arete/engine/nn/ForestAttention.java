package io.arete.engine.nn;

import io.arete.engine.forest.AttentionBlock;
import io.arete.engine.forest.Forest;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Attention over a forest, block after block, in float32. */
public final class ForestAttention implements Attention {

  /** Largest subtree that attends at once: masks of larger ones would be as large as weights. */
  private static final int MAX_BLOCK_TOKENS = 384;

  /**
   * Operations that take as long as what a block costs whatever its size: about 100 µs of calls at
   * the 70 · 10⁹ a second that one thread reaches.
   */
  private static final long CALL_OPERATIONS = 7_000_000;

  private final List<AttentionBlock> blocks;
  private final long[] sizes;
  private final Map<Integer, Integer> blockAt = new HashMap<>();
  private final List<Tensor> masks;

  /**
   * Prepares masks.
   *
   * @param window how many tokens of its path, itself the last, a token sees
   */
  public ForestAttention(Forest forest, BlockShape shape, int window, Device device) {
    long operations = 4L * shape.heads() * shape.headWidth();
    blocks = AttentionBlock.of(forest, MAX_BLOCK_TOKENS, CALL_OPERATIONS / operations, window);
    sizes = blocks.stream().mapToLong(AttentionBlock::queries).toArray();
    for (int i = 0; i < blocks.size(); i++) {
      blockAt.put(blocks.get(i).start(), i);
    }
    masks = blocks.stream().map(block -> mask(block, shape.queryGroups(), device)).toList();
  }

  @Override
  public Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values) {
    Dtype dtype = queries.dtype();
    List<Tensor> blockQueries = queries.to(Dtype.FLOAT32).split(0, sizes);
    List<Tensor> blockKeys = keys.to(Dtype.FLOAT32).split(0, sizes);
    List<Tensor> blockValues = values.to(Dtype.FLOAT32).split(0, sizes);
    List<Tensor> outputs = new ArrayList<>(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      AttentionBlock block = blocks.get(i);
      Tensor query = HeadRows.of(blockQueries.get(i), keys.size(1));
      Tensor attended = query.attend(visible(blockKeys, i), visible(blockValues, i), masks.get(i));
      outputs.add(HeadRows.byToken(attended, block.queries()));
    }
    return Tensor.cat(outputs, 0).to(dtype);
  }

  /** A block's keys or values, {@code [1, keyHeads, keys, width]}. */
  private Tensor visible(List<Tensor> pieces, int block) {
    List<Tensor> parts = new ArrayList<>();
    for (int[] range : blocks.get(block).ancestorRanges()) {
      // What stands above a block are whole blocks: pieces of spans too large to attend at once.
      int above = Objects.requireNonNull(blockAt.get(range[0]));
      for (int at = range[0]; at < range[1]; at += (int) sizes[above - 1]) {
        parts.add(pieces.get(above));
        above++;
      }
    }
    parts.add(pieces.get(block));
    Tensor path = Tensor.cat(parts, 0);
    int passed = blocks.get(block).passed();
    Tensor seen = passed == 0 ? path : path.narrow(0, passed, blocks.get(block).keys());
    return seen.transpose(0, 1).unsqueeze(0);
  }

  /** 0 where visible, else −∞; {@code [1, 1, groups * queries, keys]}. */
  private static Tensor mask(AttentionBlock block, int groups, Device device) {
    float[] mask = new float[groups * block.visible().length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = block.visible()[i % block.visible().length] == 1 ? 0 : Float.NEGATIVE_INFINITY;
    }
    return Tensors.of(device, mask, 1, 1, (long) groups * block.queries(), block.keys());
  }
}
