import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lets replies pass whose ensemble score is high enough: {@code java Guard.java LEAST CONVERSATIONS SCORES}.
 * The two files are JSON lines, line by line of the same conversations; the output is a line for each.
 */
public final class Guard {

  private static final String REFUSAL = "I would rather not answer that.";

  private Guard() {}

  public static void main(String[] arguments) throws IOException {
    double least = Double.parseDouble(arguments[0]);
    ObjectMapper json = new ObjectMapper();
    List<String> conversations = Files.readAllLines(Path.of(arguments[1]));
    List<String> scores = Files.readAllLines(Path.of(arguments[2]));
    if (conversations.size() != scores.size()) {
      throw new IllegalArgumentException("there must be a score for each conversation");
    }
    int passed = 0;
    for (int i = 0; i < scores.size(); i++) {
      // A reply that is too long to be scored has the score null: what cannot be judged does not pass.
      JsonNode score = json.readTree(scores.get(i)).path("score");
      boolean passes = score.isNumber() && score.doubleValue() >= least;
      passed += passes ? 1 : 0;
      JsonNode asked = json.readTree(conversations.get(i));
      ObjectNode line = json.createObjectNode().put("passed", passes);
      line.set("score", score);
      line.put("by", asked.path("by").asText());
      line.put("reply", passes ? asked.path("action").asText() : REFUSAL);
      System.out.println(line);
    }
    System.err.printf("%d of %d pass%n", passed, scores.size());
  }
}
