package io.llmnet.pipeline.file;

import io.llmnet.config.Value;
import io.llmnet.pipeline.AtNode;
import io.llmnet.pipeline.JsonTexts;
import io.llmnet.pipeline.Template;
import io.llmnet.pipeline.Templates;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the texts of functions, in which the variables of a node may stand.
 *
 * @param variables those known beside the ones of every run
 * @param literals what a reference to something outside, such as a secret, stands for; null when it is none
 */
record Texts(Set<String> variables, UnaryOperator<@Nullable String> literals) {
    Texts {
        Set<String> all = new HashSet<>(variables);
        all.addAll(AtNode.NAMES);
        variables = Set.copyOf(all);
    }

    Template text(String written) {
        return Templates.compile(written, variables, literals);
    }

    /** Any value as JSON, in whose strings variables may stand. */
    Template json(Value value) {
        StringBuilder json = new StringBuilder();
        write(value, json);
        return Templates.json(json.toString(), variables, literals);
    }

    /** A text, number or truth as it is written; null for anything else. */
    static @Nullable String plain(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (value instanceof Value.Numeral numeral) {
            return numeral.digits();
        }
        return value instanceof Value.Truth truth ? String.valueOf(truth.holds()) : null;
    }

    private static void write(Value value, StringBuilder json) {
        value.match(new Written(json));
    }

    /** Writes each kind of value as JSON. */
    private record Written(StringBuilder json) implements Value.Cases<StringBuilder> {
        @Override
        public StringBuilder text(Value.Text text) {
            JsonTexts.quote(text.text(), json);
            return json;
        }

        /** A number that YAML writes and JSON does not, such as .5 or .inf, stays what it says, as text. */
        @Override
        public StringBuilder numeral(Value.Numeral numeral) {
            boolean isJson = numeral.digits().matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
            return json.append(isJson ? numeral.digits() : "\"" + numeral.digits() + "\"");
        }

        @Override
        public StringBuilder truth(Value.Truth truth) {
            return json.append(truth.holds());
        }

        @Override
        public StringBuilder nothing(Value.Nothing nothing) {
            return json.append("null");
        }

        @Override
        public StringBuilder sequence(Value.Sequence sequence) {
            json.append('[');
            for (int at = 0; at < sequence.items().size(); at++) {
                json.append(at == 0 ? "" : ",");
                write(sequence.items().get(at), json);
            }
            return json.append(']');
        }

        @Override
        public StringBuilder mapping(Value.Mapping mapping) {
            json.append('{');
            String comma = "";
            for (Value.Entry entry : mapping.entries()) {
                JsonTexts.quote(entry.name(), json.append(comma));
                comma = ",";
                write(entry.value(), json.append(':'));
            }
            return json.append('}');
        }
    }
}
