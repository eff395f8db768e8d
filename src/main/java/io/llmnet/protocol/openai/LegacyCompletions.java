package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Transform;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.List;

/**
 * The older {@code /v1/completions} for what can only chat, as pipelines do: one chat for each prompt, and the answers put
 * together again (CONFORMANCE 20).
 */
public final class LegacyCompletions {
    private LegacyCompletions() {}

    /**
     * The chat requests that a request stands for, one a prompt, in order.
     *
     * @throws ChatException BAD_REQUEST for what a chat cannot do: a suffix, tokens instead of text, best_of
     */
    public static List<byte[]> toChat(byte[] body) {
        return new LegacyRequest(body).chats();
    }

    /** What goes before each answer, in the order of the prompts: the prompt if {@code echo} was asked for, else nothing. */
    public static List<String> echoes(byte[] body) {
        return new LegacyRequest(body).echoes();
    }

    /**
     * The answer to a request.
     *
     * @param chatAnswers one whole answer to each of {@link #toChat}'s requests
     * @param body the request
     */
    public static byte[] fromChat(List<byte[]> chatAnswers, byte[] body) {
        List<String> echoes = echoes(body);
        ObjectNode answer = Json.object();
        ArrayNode choices = Json.object().putArray("choices");
        Usage usage = Usage.NONE;
        for (int i = 0; i < chatAnswers.size(); i++) {
            ObjectNode chat = Json.object(chatAnswers.get(i), Fault.BACKEND_NONSENSE, "the backend's answer");
            if (i == 0) {
                LegacyChoice.begin(chat, answer);
            }
            for (JsonNode choice : chat.path("choices")) {
                choices.add(LegacyChoice.of(choice, choice.path("message"), choices.size(), echoes.get(i)));
            }
            usage = usage.plus(Usages.of(chat.get("usage")));
        }
        answer.set("choices", choices);
        answer.set("usage", Usages.json(usage));
        return Json.bytes(answer);
    }

    /**
     * Changes a stream of chat chunks into one of completion chunks.
     *
     * @param index of the stream's first choice, counted over all prompts
     * @param echo is said first; empty for nothing
     */
    public static Transform streamFromChat(int index, String echo) {
        return new LegacyStream(index, echo);
    }
}
