package io.llmnet.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.node.Order.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests. Unknown fields are left alone, as OpenAI's clients send many; a known one that cannot be obeyed is
 * refused rather than passed over.
 */
final class Orders {
    private static final int MOST_STOPS = 16;
    private static final int MOST_PROMPTS = 128;
    private static final int UNTIL_FULL = Integer.MAX_VALUE;
    private static final int LLAMANET_TOKENS = 100;

    private Orders() {}

    /** Reads the body of a request. Throws ChatException with the field at fault. */
    static Order read(Kind kind, byte[] body) {
        Fields fields = Fields.of(body);
        return switch (kind) {
            case CHAT -> chat(fields);
            case COMPLETION -> completion(fields);
            case GENERATE -> generate(fields);
        };
    }

    private static Order chat(Fields fields) {
        refuseWhatNobodyCanDo(fields);
        JsonNode logprobs = fields.find("logprobs");
        if (logprobs != null && !logprobs.equals(Fields.JSON.getNodeFactory().booleanNode(false))) {
            throw fields.refused("logprobs", "are not supported here");
        }
        JsonNode choice = fields.find("tool_choice");
        if (choice != null && (choice.isObject() || choice.asText().equals("required"))) {
            throw fields.refused("tool_choice", "cannot be forced, as this node calls no tools; leave it out");
        }
        boolean older = fields.find("max_completion_tokens") == null;
        int most = fields.whole(older ? "max_tokens" : "max_completion_tokens", UNTIL_FULL, 1, UNTIL_FULL);
        Sampling sampling = sampling(fields, most, 1.0, grammar(fields));
        return new Order(
                Kind.CHAT,
                Conversation.read(fields),
                List.of(),
                sampling,
                stops(fields),
                fields.flag("stream", false),
                includeUsage(fields),
                false);
    }

    private static Order completion(Fields fields) {
        refuseWhatNobodyCanDo(fields);
        if (fields.find("logprobs") != null) {
            throw fields.refused("logprobs", "are not supported here");
        }
        if (fields.find("suffix") != null) {
            throw fields.refused("suffix", "is not supported here: this node only goes on from a prompt");
        }
        if (fields.whole("best_of", 1, 0, 128) > 1) {
            throw fields.refused("best_of", "must be 1: this node gives one answer a prompt");
        }
        Sampling sampling =
                sampling(fields, fields.whole("max_tokens", LLAMANET_TOKENS, 0, UNTIL_FULL), 1.0, grammar(fields));
        return new Order(
                Kind.COMPLETION,
                List.of(),
                prompts(fields),
                sampling,
                stops(fields),
                fields.flag("stream", false),
                includeUsage(fields),
                fields.flag("echo", false));
    }

    private static Order generate(Fields fields) {
        String prompt = fields.text("prompt");
        if (prompt == null || prompt.isEmpty()) {
            throw fields.refused("prompt", "is missing; give the text to go on with");
        }
        Sampling sampling = sampling(fields, fields.whole("max_tokens", LLAMANET_TOKENS, 1, UNTIL_FULL), 1.1, null);
        return new Order(Kind.GENERATE, List.of(), List.of(prompt), sampling, stops(fields), false, false, false);
    }

    private static Sampling sampling(Fields fields, int most, double repeat, @Nullable String grammar) {
        return new Sampling(
                most,
                fields.number("temperature", 0.7, 0, 2),
                fields.number("top_p", 0.9, 0, 1),
                fields.whole("top_k", 40, -1, 1_000_000),
                fields.number("min_p", 0.05, 0, 1),
                fields.number("repeat_penalty", repeat, 0.1, 10),
                fields.number("frequency_penalty", 0, -2, 2),
                fields.number("presence_penalty", 0, -2, 2),
                seed(fields),
                bias(fields),
                grammar);
    }

    private static void refuseWhatNobodyCanDo(Fields fields) {
        if (fields.whole("n", 1, 1, 128) > 1) {
            throw fields.refused("n", "must be 1: this node gives one answer a request");
        }
        if (fields.find("grammar") != null) {
            throw fields.refused("grammar", "is not supported here; use response_format with a json_schema");
        }
    }

    private static boolean includeUsage(Fields fields) {
        JsonNode options = fields.find("stream_options");
        return options != null && fields.in(options, "stream_options").flag("include_usage", false);
    }

    /** Any whole number is a seed; llama.cpp takes 31 bits of it, the rest is folded in. */
    private static @Nullable Integer seed(Fields fields) {
        JsonNode seed = fields.find("seed");
        if (seed == null) {
            return null;
        }
        if (!seed.isIntegralNumber()) {
            throw fields.refused("seed", "must be a whole number");
        }
        return Long.hashCode(seed.bigIntegerValue().longValue()) & Integer.MAX_VALUE;
    }

    private static Map<Integer, Float> bias(Fields fields) {
        JsonNode bias = fields.find("logit_bias");
        Map<Integer, Float> read = new HashMap<>();
        if (bias != null) {
            Fields tokens = fields.in(bias, "logit_bias");
            bias.fieldNames().forEachRemaining(name -> {
                if (!name.matches("\\d{1,9}")) {
                    throw tokens.refused(name, "must be the number of a token");
                }
                read.put(Integer.valueOf(name), (float) tokens.number(name, 0, -100, 100));
            });
        }
        return read;
    }

    private static List<String> stops(Fields fields) {
        List<String> stops = texts(fields, "stop");
        if (stops.size() > MOST_STOPS) {
            throw fields.refused("stop", "must be at most " + MOST_STOPS + " texts");
        }
        if (stops.contains("")) {
            throw fields.refused("stop", "must not be an empty text");
        }
        return stops;
    }

    private static List<String> prompts(Fields fields) {
        List<String> prompts = texts(fields, "prompt");
        if (prompts.isEmpty() || prompts.contains("")) {
            throw fields.refused("prompt", "cannot be empty; give a text, or a list of texts");
        }
        if (prompts.size() > MOST_PROMPTS) {
            throw fields.refused("prompt", "must be at most " + MOST_PROMPTS + " texts");
        }
        return prompts;
    }

    private static List<String> texts(Fields fields, String name) {
        JsonNode value = fields.find(name);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        (value.isArray() ? value : List.of(value)).forEach(one -> {
            if (!one.isTextual()) {
                throw fields.refused(name, "must be a string or a list of strings");
            }
            texts.add(Fields.whole(one.textValue()));
        });
        return texts;
    }

    private static @Nullable String grammar(Fields fields) {
        JsonNode format = fields.find("response_format");
        if (format == null) {
            return null;
        }
        Fields within = fields.in(format, "response_format");
        String type = within.text("type");
        return switch (type == null ? "" : type) {
            case "text" -> null;
            case "json_object" -> JsonGrammar.ofAnyObject();
            case "json_schema" -> schema(within);
            default -> throw within.refused("type", "must be text, json_object or json_schema");
        };
    }

    private static String schema(Fields format) {
        JsonNode named = format.find("json_schema");
        if (named == null) {
            throw format.refused("json_schema", "is missing");
        }
        Fields within = format.in(named, "json_schema");
        JsonNode schema = within.find("schema");
        if (schema == null) {
            throw within.refused("schema", "is missing");
        }
        return JsonGrammar.of(schema, "response_format.json_schema.schema", within.flag("strict", false));
    }
}
