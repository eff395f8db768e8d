package io.llmnet.cache.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.cache.Keeping;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.settings.CacheSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatKeepingTest {
    private static final CacheSettings EXACT =
            new CacheSettings(true, true, null, Duration.ofMinutes(15), 100, 1 << 20, null);
    private static final CacheSettings ALIKE =
            new CacheSettings(true, true, null, Duration.ofMinutes(15), 100, 1 << 20, 0.9);
    private static final String ASKED = "{'model':'m','temperature':0.5,'messages':[{'role':'user','content':'hi'}]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ 'messages' : [ {'content':'hi', 'role':'user'} ],\n'temperature':0.5, 'model':'m' }",
                "{'model':'m','stream':true,'temperature':0.5,'messages':[{'role':'user','content':'hi'}]}",
                "{'model':'m','user':'u','metadata':{'a':1},'store':true,'safety_identifier':'s','prompt_cache_key':'k',"
                        + "'stream_options':{'include_usage':true},'temperature':0.5,"
                        + "'messages':[{'role':'user','content':'hi'}]}",
                "{'model':'m','temperature':0.5,'messages':[{'role':'user','content':'\\u0068i'}]}",
                "{'model':'m','temperature':0.50,'messages':[{'role':'user','content':'hi'}]}"
            })
    void whatChangesNothingOfTheAnswerIsNotInTheKey(String same) {
        assertThat(key(same)).isEqualTo(key(ASKED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'m','temperature':0.6,'messages':[{'role':'user','content':'hi'}]}",
                "{'model':'m','messages':[{'role':'user','content':'hi'}]}",
                "{'model':'m','temperature':0.5,'messages':[{'role':'user','content':'Hi'}]}",
                "{'model':'m','temperature':0.5,'messages':[{'role':'system','content':'hi'}]}",
                "{'model':'m','temperature':0.5,'seed':1,'messages':[{'role':'user','content':'hi'}]}",
                "{'model':'m','temperature':0.5,'messages':[{'role':'user','content':'hi'},{'role':'user','content':'hi'}]}"
            })
    void whatChangesTheAnswerIsInTheKey(String other) {
        assertThat(key(other)).isNotEqualTo(key(ASKED));
    }

    @Test
    void theOrderOfAListMatters() {
        assertThat(key("{'stop':['a','b']}")).isNotEqualTo(key("{'stop':['b','a']}"));
    }

    @Test
    void whatAnswersIsInTheKey() {
        Call call = call(ASKED, Call.Dialect.CHAT, false, Map.of());

        assertThat(ChatKeeping.of(call, "one", EXACT).key())
                .isNotEqualTo(ChatKeeping.of(call, "other", EXACT).key());
    }

    @ParameterizedTest
    @CsvSource({
        "authorization, Bearer one",
        "x-api-key, one",
        "api-key, one",
        "x-goog-api-key, one",
        "x-tenant-id, one",
        "x-nexus-strict, true",
        "x-llmnet-hops, 1"
    })
    void whoAsksAndWhoMayAnswerIsInTheKey(String header, String value) {
        String plain = ChatKeeping.of(call(ASKED, Call.Dialect.CHAT, false, Map.of()), "m", EXACT)
                .key();
        String one = ChatKeeping.of(call(ASKED, Call.Dialect.CHAT, false, Map.of(header, value)), "m", EXACT)
                .key();
        String two = ChatKeeping.of(
                        call(
                                ASKED,
                                Call.Dialect.CHAT,
                                false,
                                Map.of(header, header.equals("x-llmnet-hops") ? "2" : "two")),
                        "m",
                        EXACT)
                .key();

        assertThat(one).isNotEqualTo(plain).isNotEqualTo(two);
    }

    @Test
    void twoTenantsOfOneKeyShareNothing() {
        Map<String, String> one = Map.of("authorization", "Bearer k", "x-tenant-id", "one");
        Map<String, String> two = Map.of("authorization", "Bearer k", "x-tenant-id", "two");

        assertThat(Tenant.of(call(ASKED, Call.Dialect.CHAT, false, one)))
                .isNotEqualTo(Tenant.of(call(ASKED, Call.Dialect.CHAT, false, two)))
                .doesNotContain("Bearer", "one");
    }

    @Test
    void anEndpointIsInTheKey() {
        assertThat(ChatKeeping.of(call(ASKED, Call.Dialect.EMBEDDINGS, false, Map.of()), "m", EXACT)
                        .key())
                .isNotEqualTo(key(ASKED));
    }

    @Test
    void aCompletionIsKeptInTheFormInWhichItWasAskedFor() {
        assertThat(ChatKeeping.of(call(ASKED, Call.Dialect.COMPLETIONS, true, Map.of()), "m", EXACT)
                        .key())
                .isNotEqualTo(ChatKeeping.of(call(ASKED, Call.Dialect.COMPLETIONS, false, Map.of()), "m", EXACT)
                        .key());
    }

    @Test
    void aLargeRequestIsNotKept() {
        String large = "{'messages':[{'role':'user','content':'" + "x".repeat(1 << 20) + "'}]}";

        assertThat(ChatKeeping.of(call(large, Call.Dialect.CHAT, false, Map.of()), "m", EXACT)
                        .isNothing())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cache-control  | no-store           | false | false |",
                "cache-control  | no-cache           | false | true  |",
                "cache-control  | No-Cache, no-store | false | false |",
                "cache-control  | max-age=0          | false | true  | PT0S",
                "cache-control  | max-age=60         | true  | true  | PT1M",
                "cache-control  | max-age=soon       | true  | true  |",
                "cache-control  | only-if-cached     | true  | true  |",
                "x-llmnet-cache | no-store           | false | false |",
                "x-llmnet-cache | max-age=5          | true  | true  | PT5S",
                "accept         | no-store           | true  | true  |"
            })
    void aCallerMaySayWhatItWantsOfTheCache(
            String header, String value, boolean reads, boolean writes, Duration maxAge) {
        Keeping keeping = ChatKeeping.of(call(ASKED, Call.Dialect.CHAT, false, Map.of(header, value)), "m", EXACT);

        assertThat(keeping.reads()).isEqualTo(reads);
        assertThat(keeping.writes()).isEqualTo(writes);
        assertThat(keeping.maxAge()).isEqualTo(maxAge);
    }

    @Test
    void aQuestionsScopeIsAllButItsWords() {
        Keeping.Meaning one = meaning("{'messages':[{'role':'user','content':'What is it?'}]}");
        Keeping.Meaning alike = meaning("{'messages':[{'role':'user','content':'What is that?'}]}");
        Keeping.Meaning apart = meaning(
                "{'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'What is it?'}]}");

        assertThat(one.question()).isEqualTo("What is it?");
        assertThat(one.threshold()).isEqualTo(0.9);
        assertThat(alike.scope()).isEqualTo(one.scope());
        assertThat(apart.scope()).isNotEqualTo(one.scope());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'messages':[{'role':'assistant','content':'What is it?'}]}",
                "{'messages':[{'role':'user','content':[{'type':'text','text':'What is it?'}]}]}",
                "{'messages':[{'role':'user','content':'  '}]}",
                "{'messages':[]}",
                "{}"
            })
    void whatIsNoPlainQuestionHasNoMeaning(String body) {
        assertThat(ChatKeeping.of(call(body, Call.Dialect.CHAT, false, Map.of()), "m", ALIKE)
                        .meaning())
                .isNull();
    }

    @Test
    void aQuestionThatIsTooLongToBeComparedHasNoMeaning() {
        String body = "{'messages':[{'role':'user','content':'" + "x".repeat(1001) + "'}]}";

        assertThat(ChatKeeping.of(call(body, Call.Dialect.CHAT, false, Map.of()), "m", ALIKE)
                        .meaning())
                .isNull();
    }

    private static Keeping.Meaning meaning(String body) {
        Keeping.Meaning meaning = ChatKeeping.of(call(body, Call.Dialect.CHAT, false, Map.of()), "m", ALIKE)
                .meaning();
        assertThat(meaning).isNotNull();
        return Objects.requireNonNull(meaning);
    }

    private static String key(String body) {
        return ChatKeeping.of(call(body, Call.Dialect.CHAT, false, Map.of()), "m", EXACT)
                .key();
    }

    private static Call call(String body, Call.Dialect dialect, boolean stream, Map<String, String> headers) {
        return new Call(
                "id",
                dialect,
                "m",
                new Call.Span(0, 0),
                stream,
                false,
                body.replace('\'', '"').getBytes(UTF_8),
                headers::get,
                new Deadline(0),
                new Cancel(),
                new Tab(),
                Runnable::run);
    }
}
