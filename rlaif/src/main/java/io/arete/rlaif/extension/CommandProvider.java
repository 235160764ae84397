package io.arete.rlaif.extension;

import java.util.List;

/** Offers commands to the command line. */
public interface CommandProvider {

  /** What the commands are for: their heading in the help. */
  String heading();

  /**
   * The commands, in the order of the help.
   *
   * @param progress for those that take long
   * @return objects annotated as the command line's library wants them
   */
  List<Object> commands(TaskProgress.Source progress);
}
