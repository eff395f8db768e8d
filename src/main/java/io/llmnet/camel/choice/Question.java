package io.llmnet.camel.choice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import io.llmnet.camel.Run;
import io.llmnet.camel.Said;
import io.llmnet.camel.watch.Asks;
import io.llmnet.camel.watch.WatchedRun;
import io.llmnet.chat.Call;
import io.llmnet.pipeline.Intent;
import io.llmnet.pipeline.Node;
import io.llmnet.routing.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which of several nodes shall answer, put to a router's model. It rides on LangChain4j's message as an attribute, for the
 * model below must know whose deadline and whose bill it works on.
 *
 * @param call for whom it is asked
 * @param plan the router's model
 * @param watch who watches the run
 * @param asks who asks whom
 * @param text the question
 * @param schema the JSON schema that the answer must fit
 */
record Question(Call call, Plan plan, WatchedRun watch, Asks asks, String text, String schema) {
    private static final String ATTRIBUTE = "question";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A name in JSON is short; the rest is room for a model that thinks aloud. */
    private static final int MAX_TOKENS = 100;

    static Question of(Run run) {
        Node router = run.here();
        Said said = run.said();
        Plan plan = run.pipeline().plan(router);
        return new Question(
                run.call(),
                plan,
                run.watch(),
                new Asks(router, Asks.Purpose.CHOOSE, plan.candidates().get(0), run.hops()),
                Intent.question(said == null ? run.prompt().text() : said.text(), run.next()),
                Intent.jsonSchema(run.next()));
    }

    static Question in(List<ChatMessage> messages) {
        return ((UserMessage) messages.get(messages.size() - 1)).attribute(ATTRIBUTE, Question.class);
    }

    /** As LangChain4j takes it: a list that it may add to. */
    List<ChatMessage> messages() {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(UserMessage.builder()
                .addContent(TextContent.from(text))
                .attributes(Map.of(ATTRIBUTE, this))
                .build());
        return messages;
    }

    /** The request to the model, {@code constrained} to the names where the server can do that. */
    byte[] body(String model, boolean constrained) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        body.put("max_tokens", MAX_TOKENS).put("temperature", 0).put("stream", false);
        if (constrained) {
            body.putObject("response_format")
                    .put("type", "json_schema")
                    .putObject("json_schema")
                    .put("name", "choice")
                    .put("strict", true)
                    .set("schema", tree(schema));
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static com.fasterxml.jackson.databind.JsonNode tree(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema of a choice is no JSON", e);
        }
    }
}
