package io.llmnet.config.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of a form.
 *
 * @param meaning what it is for, told by editors
 * @param isRequired whether a map without it is refused
 * @param once the names that it had; they work, with a warning that names this one
 * @param elsewhere what people call it who come from elsewhere; such names do not work, and the advice names this one
 * @param successor the key that is to be used instead; null unless this one is old
 * @param isNoted whether it may stand there and nobody reads it
 * @param isLater whether it has no effect in this release, which its author is told
 */
public record Key(
        String name,
        Shape shape,
        String meaning,
        boolean isRequired,
        List<String> once,
        List<String> elsewhere,
        @Nullable String successor,
        boolean isNoted,
        boolean isLater) {
    public Key {
        once = List.copyOf(once);
        elsewhere = List.copyOf(elsewhere);
    }

    /** A key of any shape. */
    public static Key of(String name, Shape shape, String meaning) {
        return new Key(name, shape, meaning, false, List.of(), List.of(), null, false, false);
    }

    /** Text, taken as it is. */
    public static Key text(String name, String meaning) {
        return of(name, new Shape.Text(List.of(), false), meaning);
    }

    /** Text in which {@code $NAME} takes the environment's value. */
    public static Key expanded(String name, String meaning) {
        return of(name, new Shape.Text(List.of(), true), meaning);
    }

    /** One of a few words. */
    public static Key choice(String name, String meaning, List<String> words) {
        return of(name, new Shape.Text(words, false), meaning);
    }

    /** A whole number. */
    public static Key integer(String name, int least, int most, String meaning) {
        return of(name, new Shape.Whole(least, most), meaning);
    }

    /** A number. */
    public static Key decimal(String name, double least, double most, String meaning) {
        return of(name, new Shape.Decimal(least, most), meaning);
    }

    /** True or false. */
    public static Key truth(String name, String meaning) {
        return of(name, Shape.Plain.TRUTH, meaning);
    }

    /** A time. */
    public static Key duration(String name, String meaning) {
        return of(name, Shape.Plain.TIME, meaning);
    }

    /** An amount of bytes. */
    public static Key size(String name, String meaning) {
        return of(name, Shape.Plain.SIZE, meaning);
    }

    /** Whatever its author likes. */
    public static Key anything(String name, String meaning) {
        return of(name, Shape.Plain.ANYTHING, meaning);
    }

    /** A list of texts. */
    public static Key texts(String name, String meaning) {
        return of(name, new Shape.Items(new Shape.Text(List.of(), false)), meaning);
    }

    /** One map. */
    public static Key map(String name, Form form, String meaning) {
        return of(name, new Shape.Fields(form), meaning);
    }

    /** A list of maps. */
    public static Key list(String name, Form form, String meaning) {
        return of(name, new Shape.Items(new Shape.Fields(form)), meaning);
    }

    /** Maps, each under a name of its author's. */
    public static Key named(String name, Form form, String meaning) {
        return of(name, new Shape.Names(new Shape.Fields(form)), meaning);
    }

    /** The same key, which must be there. */
    public Key required() {
        return new Key(name, shape, meaning, true, once, elsewhere, successor, isNoted, isLater);
    }

    /** The same key, with the names that it had. */
    public Key once(String... names) {
        return new Key(name, shape, meaning, isRequired, List.of(names), elsewhere, successor, isNoted, isLater);
    }

    /** The same key, with what it is called elsewhere. */
    public Key elsewhere(String... names) {
        return new Key(name, shape, meaning, isRequired, once, List.of(names), successor, isNoted, isLater);
    }

    /** The same key, which is old: another is to be used instead. */
    public Key replacedBy(String key) {
        return new Key(name, shape, meaning, isRequired, once, elsewhere, key, isNoted, isLater);
    }

    /** The same key, which nobody reads. */
    public Key noted() {
        return new Key(name, shape, meaning, isRequired, once, elsewhere, successor, true, isLater);
    }

    /** The same key, which has no effect in this release. */
    public Key later() {
        return new Key(name, shape, meaning, isRequired, once, elsewhere, successor, isNoted, true);
    }
}
