package io.arete.world.command;

import io.arete.rlaif.extension.CommandProvider;
import io.arete.rlaif.extension.TaskProgress;
import java.util.List;

/** Offers the world's commands to the command line. */
public final class WorldCommands implements CommandProvider {

  @Override
  public String heading() {
    return "The practice world";
  }

  @Override
  public List<Object> commands(TaskProgress.Source progress) {
    return List.of(new WorldCommand(progress));
  }
}
