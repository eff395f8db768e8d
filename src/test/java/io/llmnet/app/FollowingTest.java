package io.llmnet.app;

import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.app.Looker.Following;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Requests followed live. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class FollowingTest {
    private final Caller caller = Caller.ofServer();

    @Test
    void aRequestIsFollowedFromNodeToNode() {
        String id = Caller.newId();
        try (Following following = Looker.follow("pipeline=intent")) {
            caller.chat(question("intent", "hello"), "x-request-id", id);

            Eventually.holds("its end is told", () -> following.phases(id).contains("end"));
            assertThat(following.phases(id))
                    .containsExactly(
                            "begin",
                            "ask:router",
                            "answer:router",
                            "choice:router",
                            "ask:coder",
                            "answer:coder",
                            "end");
            JsonNode choice = following.of(id).get(3);
            assertThat(choice.path("chosen").asText()).isEqualTo("coder");
            assertThat(choice.path("how").asText()).isEqualTo("model");
            JsonNode end = following.of(id).get(6);
            assertThat(end.path("status").asInt()).isEqualTo(200);
            assertThat(end.path("prompt_tokens").asInt())
                    .isEqualTo(following.of(id).get(2).path("prompt_tokens").asInt()
                            + following.of(id).get(5).path("prompt_tokens").asInt());
        }
    }

    @Test
    void whatIsSaidIsToldToThoseWhoWantIt() {
        String id = Caller.newId();
        try (Following words = Looker.follow("pipeline=layers");
                Following none = Looker.follow("pipeline=layers&text=false")) {
            caller.chat(streamed("layers", "a question"), "x-request-id", id);

            Eventually.holds(
                    "the end is told to both",
                    () -> words.phases(id).contains("end") && none.phases(id).contains("end"));
            JsonNode draft = words.of(id).get(2);
            JsonNode finish = words.of(id).get(4);
            assertThat(words.of(id).get(1).path("input").asText()).isEqualTo("a question");
            assertThat(draft.path("output").asText()).isEqualTo("two words");
            assertThat(finish.path("output").asText()).isEqualTo("ok heard two words");
            assertThat(none.of(id)).noneMatch(event -> event.has("input") || event.has("output"));
        }
    }

    @Test
    void aCallerWhoLeavesIsSeenToLeave() throws IOException {
        String id = Caller.newId();
        try (Following following = Looker.follow("pipeline=hang-mid")) {
            try (Socket socket = caller.beginChat(streamed("hang-mid", "hello"), id)) {
                assertThat(socket.getInputStream().read()).isPositive();
            }

            Eventually.holds("its end is told", () -> following.phases(id).contains("end"));
            assertThat(following.phases(id)).containsExactly("begin", "ask:chat", "answer:chat", "end");
            assertThat(following.of(id).get(2).path("outcome").asText()).isEqualTo("cancelled");
            assertThat(following.of(id).get(3).path("outcome").asText()).isEqualTo("cancelled");
        }
    }

    @Test
    void onlyThePipelineAskedForIsFollowed() {
        String other = Caller.newId();
        String id = Caller.newId();
        try (Following following = Looker.follow("pipeline=ok")) {
            caller.chat(question("rules", "hello"), "x-request-id", other);
            caller.chat(question("ok", "hello"), "x-request-id", id);

            Eventually.holds("its end is told", () -> following.phases(id).contains("end"));
            assertThat(following.of(other)).isEmpty();
        }
    }

    @Test
    void failuresTellTheirReason() {
        String id = Caller.newId();
        try (Following following = Looker.follow("")) {
            caller.chat(question("refused", "hello"), "x-request-id", id);

            Eventually.holds("its end is told", () -> following.phases(id).contains("end"));
            JsonNode end = following.of(id).get(3);
            assertThat(end.path("status").asInt()).isEqualTo(502);
            assertThat(end.path("code").asText()).isEqualTo("backend_unreachable");
        }
    }
}
