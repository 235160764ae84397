package io.arete.world.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.TinyChatModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.stage.StageListener;
import io.arete.world.World;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any chat model can be measured: one of random weights says nothing of the world's. */
class MeasurementTest {

  private static final MeasureSizes SIZES = new MeasureSizes(3, 1, 3, 2);

  @TempDir private Path folder;

  @BeforeAll
  static void oneThread() {
    Threads.use(1);
  }

  @Test
  void aModelThatBabblesIsWorthNothing() {
    TinyChatModel.write(folder.resolve("model"), 1);
    World world = World.standard();
    try (ChatModel model = ChatModel.load(folder.resolve("model"), Dtype.FLOAT32, Device.CPU)) {
      Measurement facts = Measurement.of(world, model, SIZES, 1, StageListener.SILENT);
      ObjectNode json = facts.toJson();
      assertThat(json.at("/taught/gold/bare/n").asInt()).isEqualTo(3);
      assertThat(json.at("/taught/gold/rule/all/mean").asDouble()).isZero();
      assertThat(json.at("/taught/gold").size()).isEqualTo(2 + world.bank().wrappings().size());
      assertThat(json.at("/held_out/replies/action/whole/count").asInt()).isZero();
      assertThat(json.at("/plain/greedy/of").asInt()).isEqualTo(2);
      assertThat(facts.text()).contains("upside-down (never taught)").contains("Plain questions");
    }
  }
}
