package io.arete.rlaif.data;

import io.arete.engine.text.Role;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words by which a template is known, and whether a text holds them:
 *
 * <ul>
 *   <li>a run of two or more words of one line of the template, between texts of others or the
 *       line's ends, anywhere in the text, also across its lines ("Answer of assistant B");
 *   <li>a run of a single word, where a line of the text begins with it ("Conversation");
 *   <li>a line that begins with a role and a colon ("Assistant:");
 *   <li>an answer after a word that stands before an answer in the template ("with A"), alone in a
 *       line, in brackets or quotes ("(B)"), and, if it is a letter or two, wherever no word
 *       follows it in its line ("the better is B.").
 * </ul>
 *
 * <p>Words are compared without case, accents, marks and invisible characters, and without what
 * stands between them; answers in their own case, since "a" is a word of English. What lies between
 * two words of the constitution's own, such as ", that is, " between a virtue and its description,
 * is no sign of the template. Letters of other scripts that look alike are other letters.
 */
final class TemplateWords {

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{M}\\p{Cf}]+");
  private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern LINE_END = Pattern.compile("\\R");
  private static final Pattern ROLE_LINE = roleLine();
  private static final Set<String> OF_OTHERS =
      Set.of("prompt", "first", "second", "reply", "critique");
  private static final int SHORT_ANSWER = 2;

  private final Set<String> runs = new TreeSet<>();
  private final Set<String> headings = new TreeSet<>();
  private final Set<String> answerRuns = new TreeSet<>();
  private final Set<String> answersAlone = new TreeSet<>();
  private final List<Pattern> answers = new ArrayList<>();

  private TemplateWords() {}

  /** Those of plain templates. */
  static TemplateWords of(List<String> templates) {
    TemplateWords words = new TemplateWords();
    templates.forEach(words::addTemplate);
    return words;
  }

  /** Those of a judge's questions, and of the questions that stand between replies. */
  static TemplateWords ofJudge(JudgeWording wording, List<String> questions) {
    List<String> templates = new ArrayList<>(questions);
    for (Facet facet : Facet.values()) {
      templates.add(wording.template().replace("{part}", wording.part(facet)));
    }
    TemplateWords words = of(templates);
    words.addAnswers(wording.template(), List.of(wording.firstAnswer(), wording.secondAnswer()));
    return words;
  }

  /** Whether a text holds any of them. */
  boolean standIn(String text) {
    String visible = visible(text);
    String lower = spaced(visible.toLowerCase(Locale.ROOT));
    String asWritten = spaced(visible);
    return runs.stream().anyMatch(lower::contains)
        || answerRuns.stream().anyMatch(asWritten::contains)
        || answers.stream().anyMatch(answer -> answer.matcher(visible).find())
        || LINE_END.splitAsStream(visible).anyMatch(this::linesUpLikeTemplate);
  }

  private boolean linesUpLikeTemplate(String line) {
    String lower = spaced(line.toLowerCase(Locale.ROOT));
    return answersAlone.contains(spaced(line))
        || ROLE_LINE.matcher(line).find()
        || headings.stream().anyMatch(lower::startsWith);
  }

  private void addTemplate(String template) {
    for (String line : LINE_END.splitAsStream(template).toList()) {
      Matcher placeholder = Placeholders.ONE.matcher(line);
      int start = 0;
      boolean open = true;
      while (placeholder.find()) {
        boolean others = OF_OTHERS.contains(placeholder.group(1));
        addRun(line.substring(start, placeholder.start()), open || others);
        start = placeholder.end();
        open = others;
      }
      addRun(line.substring(start), true);
    }
  }

  private void addRun(String run, boolean besideOthers) {
    String words = spaced(visible(run).toLowerCase(Locale.ROOT));
    long count = words.chars().filter(letter -> letter == ' ').count() - 1;
    if (besideOthers && count >= 1) {
      (count == 1 ? headings : runs).add(words);
    }
  }

  private void addAnswers(String template, List<String> spoken) {
    Set<String> before = new TreeSet<>();
    List<String> words = GAP.splitAsStream(visible(template)).toList();
    for (int i = 1; i < words.size(); i++) {
      if (spoken.contains(words.get(i)) && !words.get(i - 1).isEmpty()) {
        before.add(words.get(i - 1));
      }
    }
    for (String answer : spoken) {
      before.forEach(word -> answerRuns.add(' ' + word + spaced(visible(answer))));
      answers.add(answer(visible(answer)));
      answersAlone.add(spaced(visible(answer)));
    }
  }

  /** An answer in brackets or quotes; a short one also where no word follows in its line. */
  private static Pattern answer(String answer) {
    String word = Pattern.quote(answer);
    String marked = "[(\\[{<\"'*_`«“‘][ \\t]*" + word + "[ \\t]*[)\\]}>\"'*_`»”’]";
    String last = "(?<![\\p{L}\\p{N}'’])" + word + "(?![ \\t]*[\\p{L}\\p{N}'’])";
    return Pattern.compile(answer.length() > SHORT_ANSWER ? marked : marked + "|" + last);
  }

  private static Pattern roleLine() {
    List<String> roles = new ArrayList<>(List.of("human"));
    Arrays.stream(Role.values()).map(Role::wireName).forEach(roles::add);
    return Pattern.compile(
        "^[^\\p{L}\\p{N}]*(" + String.join("|", roles) + ")[^\\p{L}\\p{N}\\n:]*:",
        Pattern.CASE_INSENSITIVE);
  }

  private static String visible(String text) {
    String parted = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return INVISIBLE.matcher(parted).replaceAll("");
  }

  /** Its words with one blank between them, before and after; one blank if there are none. */
  private static String spaced(String text) {
    return GAP.matcher(' ' + text + ' ').replaceAll(" ");
  }
}
