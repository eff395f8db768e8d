package io.llmnet.pipeline;

import io.llmnet.config.Paths;
import io.llmnet.config.Problem;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.config.Value;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles conditions, the one language for the {@code if} of nodes, hooks and alerts.
 *
 * <pre>
 * condition  = all { "||" all }
 * all        = not { "&amp;&amp;" not }
 * not        = { "!" } ( "(" condition ")" | comparison )
 * comparison = variable | "true" | "false"
 *            | operand ("==" | "!=" | "&gt;=" | "&lt;=" | "&gt;" | "&lt;" | "contains" | "startsWith") operand
 *            | variable "matches" text
 *            | operand "in" "[" operand { "," operand } "]"
 * operand    = variable | text | word
 * text       = "text" | 'text', where \" \' \\ and \n are escapes and any other backslash is one
 * variable   = $NAME | ${NAME} | $HEADER.name | $BODY.path.to.0.field
 * </pre>
 *
 * <p>Numbers compare as numbers where both sides are some; {@code ==} and {@code !=} with a side in quotes compare text,
 * and an order with a side in quotes compares text where a side is no number. {@code in} is {@code ==} with any of the
 * items. A variable that is not set is different from everything, and nothing else holds of it. {@code matches} looks
 * for the regular expression anywhere in the text; {@code ^} and {@code $} tie it to the ends.
 */
public final class Conditions {
    private Conditions() {}

    /**
     * The condition under a section's {@code if}.
     *
     * @param custom variables that may be used beside those of {@link Situation#NAMES}
     * @param lenient whether a variable that nobody knows is no error
     * @return null when it is wrong, which is a problem by then
     */
    public static @Nullable Condition compile(
            Value.Text written, Section section, Set<String> custom, boolean lenient) {
        Report report = new Report(written, section);
        ExpressionReader reader = new ExpressionReader(written.text());
        try {
            Expression expression = reader.whole();
            for (ExpressionReader.Use use : reader.uses()) {
                String message = unknown(use.name(), custom);
                if (message != null) {
                    report.tell(lenient ? Problem.Severity.WARNING : Problem.Severity.ERROR, use.at(), message);
                }
            }
            reader.doubts().found().forEach(doubt -> report.tell(Problem.Severity.WARNING, doubt.at(), doubt.words()));
            return new Compiled(written.text().strip(), expression);
        } catch (Misread wrong) {
            report.tell(Problem.Severity.ERROR, wrong.at(), wrong.words());
            return null;
        }
    }

    /** What to say of a variable that is not there; null when it is. */
    private static @Nullable String unknown(String name, Set<String> custom) {
        if (Situation.NAMES.contains(name) || custom.contains(name) || Names.isOfRequest(name)) {
            return null;
        }
        String shown = "$" + Paths.shortened(name);
        if (AtNode.NAMES.contains(name)) {
            return shown + " is known to hooks and alerts only; use $CURRENT_INPUT or $PREV_NODE";
        }
        if (name.startsWith("HEADER") || name.startsWith("BODY")) {
            return "there is no variable " + shown + "; write $HEADER.x-team or $BODY.temperature";
        }
        List<String> known = Stream.concat(
                        Situation.NAMES.stream(), custom.stream().sorted())
                .map(each -> "$" + each)
                .toList();
        return "there is no variable " + shown + "; " + Spelling.advice("$" + name, known);
    }

    /** Tells what is wrong, and shows where. */
    private record Report(Value.Text written, Section section) {
        void tell(Problem.Severity severity, int at, String message) {
            section.problems().inside(severity, written, at, section.path("if"), message);
        }
    }

    private record Compiled(String text, Expression expression) implements Condition {
        @Override
        public boolean holds(Variables variables) {
            return expression.holds(variables);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
