package io.llmnet.pool.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Contract;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.json.Reading;
import io.llmnet.protocol.json.Schema;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a task is put to models.
 *
 * @param text with {@link #INPUT} where the input goes; without it, the input comes after the text
 * @param input what a prompt must be for this to be used; null for any
 * @param output what an answer must be; null for any
 * @param check what else an answer must be
 */
record Template(
        String text, @Nullable Schema input, @Nullable Schema output, Check check) {
    static final String INPUT = "{{input}}";

    /** The contract for a prompt; empty where this is not for it. */
    Optional<Contract> contract(String prompt, @Nullable Double temperature) {
        if (input == null) {
            return Optional.of(contract(prompt, Json.object(), temperature));
        }
        return object(prompt).filter(input::allows).map(object -> contract(Json.text(object), object, temperature));
    }

    private Contract contract(String given, ObjectNode object, @Nullable Double temperature) {
        String prompt = text.contains(INPUT) ? text.replace(INPUT, given) : text.stripTrailing() + "\n\n" + given;
        if (output == null) {
            return new Contract(null, prompt, Acceptance.ANYTHING, temperature, "template", UnaryOperator.identity());
        }
        return new Contract(
                null,
                prompt,
                answer -> read(output, object, answer)
                        .match(right -> Optional.<String>empty(), Optional::of)
                        .orElse(null),
                temperature,
                "template for " + output.text(),
                answer -> read(output, object, answer).match(Json::text, wrong -> answer));
    }

    private Reading<ObjectNode> read(Schema schema, ObjectNode given, String answer) {
        return schema.read(answer).then(object -> {
            String wrong = check.objection(given, object);
            return wrong == null ? new Reading.Understood<>(object) : new Reading.Objected<>(wrong);
        });
    }

    private static Optional<ObjectNode> object(String prompt) {
        if (!prompt.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.object(prompt.getBytes(UTF_8), Fault.BAD_REQUEST, "the prompt"));
        } catch (ChatException notJson) {
            return Optional.empty();
        }
    }
}
