package io.llmnet.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.llmnet.chat.Call.Dialect;
import io.llmnet.chat.Transform;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.protocol.anthropic.AnthropicChat;
import io.llmnet.protocol.google.GeminiChat;
import io.llmnet.protocol.openai.ChatBody;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.openai.EmbeddingAnswer;
import io.llmnet.protocol.openai.EmbeddingRequest;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Head;
import io.llmnet.protocol.openai.LegacyCompletions;
import io.llmnet.protocol.openai.Prefill;
import io.llmnet.protocol.openai.UsageTap;
import io.llmnet.protocol.openai.Usages;
import io.llmnet.protocol.sse.ChunkCollector;
import io.llmnet.protocol.sse.FirstContent;
import io.llmnet.protocol.sse.Streams;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However mangled the input, a codec works or throws a {@link ChatException}; nothing else. */
class MangledInputTest {
    private static final String ALPHABET = "{}[]\",:\\0a1.eE-+tn \n\r\u0000\u00ff";
    private static final String CHAT = "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"a\\u00e9\"},"
            + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"b\"}]}],\"stream\":true}";
    private static final String LEGACY = "{\"model\":\"m\",\"prompt\":[\"a\",\"b\"],\"echo\":true,\"logprobs\":1}";

    private static final String VECTORS = "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":8,"
            + "\"data\":[{\"index\":1,\"embedding\":[1,2]},{\"index\":0,\"embedding\":\"AACAPw==\"}]}";

    private static final List<Consumer<byte[]>> REQUESTS = List.of(
            body -> Head.read(body, Dialect.CHAT).withModel(body, "x"),
            body -> Head.read(body, Dialect.COMPLETIONS).withModel(body, "x"),
            body -> ChatBody.parse(body).forAnswering("m", "s", "r"),
            body -> ChatBody.parse(body).forInner("m", "s", "r"),
            body -> ChatBody.parse(body).lastUserText(),
            body -> Prefill.of(body, "s", true),
            AnthropicChat::request,
            GeminiChat::request,
            LegacyCompletions::toChat);

    private static final List<Consumer<byte[]>> EMBEDDINGS = List.of(
            body -> Head.read(body, Dialect.EMBEDDINGS).withModel(body, "x"),
            body -> EmbeddingRequest.parse(body).parts("x", 1),
            body -> EmbeddingAnswer.join(EmbeddingRequest.parse(VECTORS.getBytes(UTF_8)), List.of(body), List.of(2)));

    private static final List<Consumer<byte[]>> ANSWERS = List.of(
            Completion::parse,
            body -> ErrorBody.wrap(400, body, "box"),
            body -> AnthropicChat.answer(body, "i", 1),
            body -> AnthropicChat.error(400, body, "box"),
            body -> GeminiChat.answer(body, "i", 1),
            body -> GeminiChat.error(400, body, "box"),
            body -> Usages.add(body, Usage.of(1, 2)),
            body -> LegacyCompletions.fromChat(List.of(body), LEGACY.getBytes(UTF_8)));

    private static final List<Consumer<byte[]>> STREAMS = List.of(
            stream -> pass(new UsageTap(), stream),
            stream -> pass(Usages.addToStream(Usage.of(1, 2)), stream),
            stream -> pass(LegacyCompletions.streamFromChat(0, "e"), stream),
            stream -> new FirstContent().feed(stream),
            MangledInputTest::collect);

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void failsInKnownWaysOnly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 50; i++) {
            check(REQUESTS, mangled(CHAT.getBytes(UTF_8), random));
            check(REQUESTS, mangled(LEGACY.getBytes(UTF_8), random));
            check(EMBEDDINGS, mangled(VECTORS.getBytes(UTF_8), random));
            check(ANSWERS, mangled(Sample.bytes("openai/chat.json"), random));
            check(ANSWERS, mangled(Sample.bytes("anthropic/tools.json"), random));
            check(ANSWERS, mangled(Sample.bytes("google/tools.json"), random));
            check(ANSWERS, mangled(Sample.bytes("vllm/error-context.json"), random));
            check(STREAMS, mangled(Sample.bytes("openai/stream-tools.sse"), random));
            check(STREAMS, mangled(Sample.bytes("vllm/stream.sse"), random));
        }
    }

    private static void check(List<Consumer<byte[]>> codecs, byte[] input) {
        for (Consumer<byte[]> codec : codecs) {
            assertThatCode(() -> run(codec, input)).as(new String(input, UTF_8)).doesNotThrowAnyException();
        }
    }

    private static void run(Consumer<byte[]> codec, byte[] input) {
        try {
            codec.accept(input);
        } catch (ChatException e) {
            assertThatCode(() -> ErrorBody.of(e)).doesNotThrowAnyException();
        }
    }

    private static void pass(Transform transform, byte[] stream) {
        Streams.through(transform, List.of(stream));
    }

    private static void collect(byte[] stream) {
        ChunkCollector collector = new ChunkCollector();
        collector.feed(stream);
        collector.completion();
    }

    private static byte[] mangled(byte[] input, SplittableRandom random) {
        byte[] mangled = input.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            mangled[random.nextInt(mangled.length)] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return mangled;
    }
}
