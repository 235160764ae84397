package io.arete.rlaif.config;

import io.arete.rlaif.file.Box;
import io.arete.rlaif.file.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of settings that are words, switches and paths. */
final class Texts {

  /** The most characters of one value. */
  static final int LIMIT = 4096;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

  private Texts() {}

  /** The fault of a value that is not what is allowed. */
  static WrongValue wrong(YamlNode node, String allowed) {
    return new WrongValue("is " + node.describe() + " but must be " + allowed);
  }

  /** The text of a single value, bounded in length and free of control characters. */
  static String scalar(YamlNode node, String allowed) throws WrongValue {
    if (node instanceof YamlNode.Scalar scalar && !scalar.absent()) {
      String text = scalar.text().strip();
      if (text.length() > LIMIT || CONTROL.matcher(text).find()) {
        throw new WrongValue("must be one line of at most " + LIMIT + " characters");
      }
      return text;
    }
    throw wrong(node, allowed);
  }

  /** A name that can be a folder's. */
  record Name() implements Kind<String> {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    @Override
    public String parse(YamlNode node, PathBase folders) throws WrongValue {
      String text = scalar(node, describe());
      if (!ALLOWED.matcher(text).matches()) {
        throw wrong(node, describe());
      }
      return text;
    }

    @Override
    public String print(String value) {
      return YamlText.quote(value);
    }

    @Override
    public String describe() {
      return "1 to 64 letters, digits, dots, hyphens and underscores";
    }
  }

  /** A sentence or two. */
  record Line() implements Kind<String> {
    @Override
    public String parse(YamlNode node, PathBase folders) throws WrongValue {
      String text = scalar(node, describe());
      if (text.isEmpty()) {
        throw wrong(node, describe());
      }
      return text;
    }

    @Override
    public String print(String value) {
      return YamlText.quote(value);
    }

    @Override
    public String describe() {
      return "a line of text";
    }
  }

  /** true or false. */
  record Flag() implements Kind<Boolean> {
    @Override
    public Boolean parse(YamlNode node, PathBase folders) throws WrongValue {
      String text = scalar(node, describe());
      if (text.equals("true") || text.equals("false")) {
        return text.equals("true");
      }
      throw wrong(node, describe());
    }

    @Override
    public String print(Boolean value) {
      return value.toString();
    }

    @Override
    public String describe() {
      return "true or false";
    }
  }

  /** A file or folder, absolute or relative to the recipe's folder. */
  record File() implements Kind<Path> {
    @Override
    public Path parse(YamlNode node, PathBase folders) throws WrongValue {
      String text = scalar(node, describe());
      if (text.isEmpty()) {
        throw wrong(node, describe());
      }
      try {
        return folders.resolve(Path.of(text));
      } catch (InvalidPathException e) {
        throw wrong(node, describe());
      }
    }

    @Override
    public String print(Path value) {
      return YamlText.quote(value.toString());
    }

    @Override
    public String describe() {
      return "a path, absolute or relative to the recipe's folder";
    }

    @Override
    public boolean isPath() {
      return true;
    }
  }

  /** Something in the box ({@code box:NAME}, kept as it is) or a file (made absolute). */
  record BoxOrFile() implements Kind<String> {
    private static final Pattern BOXED = Pattern.compile("box:[a-z0-9-]{1,40}");
    private static final File FILE = new File();

    @Override
    public String parse(YamlNode node, PathBase folders) throws WrongValue {
      String text = scalar(node, describe());
      if (!Box.isIn(text)) {
        return FILE.parse(node, folders).toString();
      }
      if (!BOXED.matcher(text).matches()) {
        throw wrong(node, describe());
      }
      return text;
    }

    @Override
    public String print(String value) {
      return YamlText.quote(value);
    }

    @Override
    public String describe() {
      return "box:NAME, or " + FILE.describe();
    }

    @Override
    public boolean isPath() {
      return true;
    }
  }

  /** A value that may be left out, which is written {@code null}. */
  record Maybe<T>(Kind<T> kind) implements Kind<Optional<T>> {
    @Override
    public Optional<T> parse(YamlNode node, PathBase folders) throws WrongValue {
      if (node instanceof YamlNode.Scalar scalar && scalar.absent()) {
        return Optional.empty();
      }
      return Optional.of(kind.parse(node, folders));
    }

    @Override
    public String print(Optional<T> value) {
      return value.map(kind::print).orElse("null");
    }

    @Override
    public String describe() {
      return kind.describe() + ", or null";
    }

    @Override
    public boolean isPath() {
      return kind.isPath();
    }
  }

  /** A value, or the word {@code auto}, which leaves it to be found. */
  record Auto<T>(Kind<T> kind) implements Kind<Optional<T>> {
    private static final String WORD = "auto";

    @Override
    public Optional<T> parse(YamlNode node, PathBase folders) throws WrongValue {
      if (node instanceof YamlNode.Scalar scalar && scalar.text().strip().equals(WORD)) {
        return Optional.empty();
      }
      try {
        return Optional.of(kind.parse(node, folders));
      } catch (WrongValue e) {
        throw wrong(node, describe());
      }
    }

    @Override
    public String print(Optional<T> value) {
      return value.map(kind::print).orElse(WORD);
    }

    @Override
    public String describe() {
      return kind.describe() + ", or " + WORD;
    }
  }
}
