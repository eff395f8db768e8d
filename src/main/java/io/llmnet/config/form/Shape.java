package io.llmnet.config.form;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a value may be. */
public sealed interface Shape {
    /** Hands this shape to the case that fits. */
    <R> R match(Cases<R> cases);

    /**
     * What a map of this shape is: {@link Fields} or {@link Names}; null when nothing is known of its keys.
     *
     * @param texts the texts in the map, by key; null for a key that has none
     */
    default @Nullable Shape ofMap(UnaryOperator<@Nullable String> texts) {
        return null;
    }

    /** What the items of a list of this shape are; null when nothing is known of them. */
    default @Nullable Shape ofItems() {
        return null;
    }

    /**
     * Text.
     *
     * @param values all that there are; none for any text
     * @param expands whether {@code $NAME} takes the environment's value
     */
    record Text(List<String> values, boolean expands) implements Shape {
        public Text {
            values = List.copyOf(values);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.text(this);
        }
    }

    /** A whole number, or the text of one. */
    record Whole(int least, int most) implements Shape {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.whole(this);
        }
    }

    /** A number, or the text of one. */
    record Decimal(double least, double most) implements Shape {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.decimal(this);
        }
    }

    /** One of the kinds that need nothing said about them. */
    enum Plain implements Shape {
        /** True or false. */
        TRUTH,
        /** A time such as {@code 30s}. */
        TIME,
        /** An amount of bytes such as {@code 64MiB}. */
        SIZE,
        /** Whatever its author likes. */
        ANYTHING;

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.plain(this);
        }
    }

    /** A list. */
    record Items(Shape of) implements Shape {
        @Override
        public Shape ofItems() {
            return of;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.items(this);
        }
    }

    /** A map whose keys are ours. */
    record Fields(Form form) implements Shape {
        @Override
        public Shape ofMap(UnaryOperator<@Nullable String> texts) {
            return this;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.fields(this);
        }
    }

    /** A map whose keys are names that its author chose, all with values of one shape. */
    record Names(Shape of) implements Shape {
        @Override
        public Shape ofMap(UnaryOperator<@Nullable String> texts) {
            return this;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.names(this);
        }
    }

    /** A map whose keys depend on the sort that one of them names. */
    record Sorts(String key, Map<String, Form> forms) implements Shape {
        public Sorts {
            forms = Map.copyOf(forms);
        }

        @Override
        public @Nullable Shape ofMap(UnaryOperator<@Nullable String> texts) {
            String sort = texts.apply(key);
            Form form = sort == null ? null : forms.get(sort);
            return form == null ? null : new Fields(form);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.sorts(this);
        }
    }

    /** One of several. */
    record Either(List<Shape> shapes) implements Shape {
        public Either {
            shapes = List.copyOf(shapes);
        }

        @Override
        public @Nullable Shape ofMap(UnaryOperator<@Nullable String> texts) {
            return shapes.stream()
                    .map(shape -> shape.ofMap(texts))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public @Nullable Shape ofItems() {
            return shapes.stream()
                    .map(Shape::ofItems)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.either(this);
        }
    }

    /** One answer for each kind of shape. */
    interface Cases<R> {
        R text(Text text);

        R whole(Whole whole);

        R decimal(Decimal decimal);

        R plain(Plain plain);

        R items(Items items);

        R fields(Fields fields);

        R names(Names names);

        R sorts(Sorts sorts);

        R either(Either either);
    }
}
