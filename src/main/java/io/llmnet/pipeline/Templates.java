package io.llmnet.pipeline;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes templates, the one way in which variables stand in texts.
 *
 * <p>{@code $NAME} and <code>${NAME}</code> are variables, {@code $HEADER.x-team} and {@code $BODY.path.0.field} too,
 * and {@code $$} is a dollar sign. Of names that begin alike the longest counts; letters behind it stay, so that {@code
 * $PREV_NODEs} is the node and an s. What is no variable stays as it is written. Values are put in once: what looks like
 * a variable in them stays text.
 */
public final class Templates {
    private Templates() {}

    /** The text with the variables of the run. */
    public static Template compile(String text) {
        return compile(text, Set.of(), name -> null);
    }

    /**
     * The text, with more variables than those of the run.
     *
     * @param custom their names
     * @param literals what a reference such as {@code secrets.a.B} stands for, put in now and never looked through for
     *     variables; null when it is none. It is asked for the whole reference first, then for what stands before each
     *     dot and hyphen in it
     */
    public static Template compile(String text, Set<String> custom, UnaryOperator<@Nullable String> literals) {
        return new TemplateReader(text, custom, literals, false).whole();
    }

    /**
     * The same of JSON text. Inside strings, what is put in is escaped; elsewhere it stands for a whole value: as it is
     * when it is JSON, as a string when it is not, {@code null} when it is not set. So no value can change the document's
     * shape.
     */
    public static Template json(String text, Set<String> custom, UnaryOperator<@Nullable String> literals) {
        return new TemplateReader(text, custom, literals, true).whole();
    }
}
