package io.arete.rlaif.estimate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.estimate.Forecast.StageForecast;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A forecast as text and as JSON. */
public final class ForecastText {

  /** Parts that a table names; the others together weigh little. */
  private static final int NAMED = 3;

  private static final double GIBIBYTE = 1 << 30;
  private static final double MEBIBYTE = 1 << 20;

  private final Forecast forecast;

  /** Of a forecast. */
  public ForecastText(Forecast forecast) {
    this.forecast = forecast;
  }

  /** One line: the memory of each stage that will run, and what the highest is made of. */
  public Optional<String> line() {
    return forecast
        .highest()
        .map(
            need ->
                forecast.stages().stream()
                        .filter(stage -> !stage.done())
                        .map(
                            stage ->
                                stage.stage().wireName() + " " + number(stage.memory().bytes()))
                        .collect(Collectors.joining(", ", "Memory by estimate: ", " GiB; at the"))
                    + " highest "
                    + parts(need)
                    + "; "
                    + number((double) forecast.machine().freeBytes())
                    + " GiB are free.");
  }

  /** A table with a line a stage, and how far to trust it. */
  public String table() {
    StringBuilder text = new StringBuilder();
    row(text, "stage", "state", "memory", "disk", "time", "memory, GiB");
    double disk = 0;
    double seconds = 0;
    for (StageForecast stage : forecast.stages()) {
      disk += stage.diskBytes();
      seconds += stage.done() ? 0 : stage.seconds().orElse(0.0);
      row(
          text,
          stage.stage().wireName(),
          stage.done() ? "done" : "to do",
          number(stage.memory().bytes()) + " GiB",
          megabytes(stage.diskBytes()),
          stage.done() ? "-" : clock(stage.seconds().orElse(0.0)),
          parts(stage.memory()));
    }
    double highest = forecast.highest().map(MemoryNeed::bytes).orElse(0.0);
    row(
        text,
        "to do",
        "",
        number(highest) + " GiB",
        megabytes(disk),
        clock(seconds),
        number((double) forecast.machine().freeBytes()) + " GiB are free");
    text.append(
        String.format(
            Locale.ROOT,
            "Rough (docs/memory.md): times are of a machine that multiplies %.0f GFLOPS, as this"
                + " one does now. Nothing was run or written.%n",
            forecast.gigaflops().orElse(0.0)));
    return text.toString();
  }

  /** Everything in bytes and seconds. */
  public ObjectNode json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("fits", forecast.fits());
    root.put("free_bytes", forecast.machine().freeBytes());
    root.put("highest_bytes", Math.round(forecast.highest().map(MemoryNeed::bytes).orElse(0.0)));
    root.put("dtype", forecast.machine().dtype().name().toLowerCase(Locale.ROOT));
    root.put("threads", forecast.machine().threads());
    forecast.gigaflops().ifPresent(speed -> root.put("gigaflops", speed));
    ArrayNode stages = root.putArray("stages");
    for (StageForecast stage : forecast.stages()) {
      ObjectNode row = stages.addObject().put("stage", stage.stage().wireName());
      row.put("done", stage.done());
      row.put("memory_bytes", Math.round(stage.memory().bytes()));
      ObjectNode parts = row.putObject("memory");
      stage
          .memory()
          .parts()
          .forEach((part, bytes) -> parts.put(part.wireName(), Math.round(bytes)));
      row.put("disk_bytes", Math.round(stage.diskBytes()));
      stage.seconds().ifPresent(seconds -> row.put("seconds", seconds));
    }
    return root;
  }

  private static void row(StringBuilder text, String... cells) {
    text.append(String.format(Locale.ROOT, "%-11s %-6s %9s %10s %9s  %s", (Object[]) cells))
        .append('\n');
  }

  private static String parts(MemoryNeed need) {
    return need.largestFirst().stream()
        .limit(NAMED)
        .map(part -> part.getKey().words() + " " + number(part.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String number(double bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIBIBYTE);
  }

  private static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
