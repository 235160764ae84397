package io.arete.rlaif.stage;

/** Is told how a stage goes, for people to read. Never decides anything. */
public interface StageListener {

  /** Tells nobody. */
  StageListener SILENT =
      new StageListener() {
        @Override
        public void begin(String task, String unit, long total) {}

        @Override
        public void advance(long count) {}

        @Override
        public void note(String sentence) {}
      };

  /** A countable piece of work begins; the one before has ended. */
  void begin(String task, String unit, long total);

  /** Some of it had been done before this start. */
  default void skip(long count) {
    advance(count);
  }

  /** Some of it is done. */
  void advance(long count);

  /** Something worth a line. */
  void note(String sentence);
}
