package io.llmnet.telemetry;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;

/** OpenTelemetry's names for what a span tells of generative AI and HTTP (semantic conventions 1.37), and our own. */
final class Conventions {
    static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
    static final AttributeKey<Double> TEMPERATURE = doubleKey("gen_ai.request.temperature");
    static final AttributeKey<Double> TOP_P = doubleKey("gen_ai.request.top_p");
    static final AttributeKey<Long> MAX_TOKENS = longKey("gen_ai.request.max_tokens");
    static final AttributeKey<Long> SEED = longKey("gen_ai.request.seed");
    static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
    static final AttributeKey<String> RESPONSE_ID = stringKey("gen_ai.response.id");
    static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<String> INPUT_MESSAGES = stringKey("gen_ai.input.messages");
    static final AttributeKey<String> OUTPUT_MESSAGES = stringKey("gen_ai.output.messages");

    static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = longKey("server.port");
    static final AttributeKey<String> ERROR = stringKey("error.type");
    static final AttributeKey<String> METHOD = stringKey("http.request.method");
    static final AttributeKey<String> ROUTE = stringKey("http.route");
    static final AttributeKey<Long> STATUS = longKey("http.response.status_code");

    static final AttributeKey<String> REQUEST = stringKey("llmnet.request");
    static final AttributeKey<String> PIPELINE = stringKey("llmnet.pipeline");
    static final AttributeKey<String> NODE = stringKey("llmnet.node");
    static final AttributeKey<String> PURPOSE = stringKey("llmnet.purpose");
    static final AttributeKey<Boolean> STREAM = booleanKey("llmnet.stream");
    static final AttributeKey<String> CHOSEN = stringKey("llmnet.chosen");
    static final AttributeKey<String> HOW = stringKey("llmnet.how");

    private Conventions() {}
}
