package io.llmnet.protocol.openai;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.JsonScanner;
import io.llmnet.protocol.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A request to {@code /v1/completions}, edited as bytes like {@link ChatBody}. */
final class LegacyRequest {
    /** OpenAI allows as many choices; each is a run of its own. */
    private static final int MOST_PROMPTS = 128;

    private static final Set<String> OURS = Set.of("prompt", "messages", "suffix", "echo", "best_of", "logprobs");

    private final byte[] body;
    private final Members members;

    LegacyRequest(byte[] body) {
        this.body = body;
        this.members = Members.of(body, Fault.MALFORMED_JSON);
    }

    List<byte[]> chats() {
        refuse("suffix", Set.of("\"\""), "a chat cannot fill in the middle; leave \"suffix\" out");
        refuse("best_of", Set.of("1"), "\"best_of\" cannot be had here; ask for \"n\" answers and choose");
        return prompts().stream().map(this::chat).toList();
    }

    List<String> echoes() {
        boolean isAsked = given("echo").equals("true");
        return prompts().stream()
                .map(prompt -> isAsked ? JsonString.decode(body, prompt.start(), prompt.end()) : "")
                .toList();
    }

    private byte[] chat(Span prompt) {
        Splice out = new Splice(prompt.end() - prompt.start() + 512).text("{");
        members.writeBut(OURS, out);
        String logprobs = given("logprobs");
        if (!logprobs.isEmpty() && !logprobs.equals("false")) {
            out.text("\"logprobs\":true,");
            out.text(logprobs.equals("true") ? "" : "\"top_logprobs\":" + logprobs + ",");
        }
        return out.text("\"messages\":[{\"role\":\"user\",\"content\":")
                .raw(body, prompt)
                .text("}]}")
                .bytes();
    }

    private List<Span> prompts() {
        Span prompt = members.given("prompt");
        if (prompt == null) {
            throw wrong("prompt", "\"prompt\" is missing; give a string, or an array of strings");
        }
        List<Span> prompts = new ArrayList<>();
        if (body[prompt.start()] != '[') {
            prompts.add(prompt);
        } else {
            addAll(prompt, prompts);
        }
        if (prompts.stream().anyMatch(each -> body[each.start()] != '"')) {
            throw wrong("prompt", "\"prompt\" must be text: tokens mean nothing to a pipeline of several models");
        }
        if (prompts.isEmpty()) {
            throw wrong("prompt", "\"prompt\" is empty; give at least one string");
        }
        if (prompts.size() > MOST_PROMPTS) {
            throw wrong(
                    "prompt",
                    "\"prompt\" has " + prompts.size() + " prompts; send at most " + MOST_PROMPTS + " at once");
        }
        return prompts;
    }

    private void addAll(Span array, List<Span> prompts) {
        JsonScanner scan = new JsonScanner(body, Fault.MALFORMED_JSON);
        scan.jump(array.start());
        for (boolean more = scan.open('['); more; more = scan.more(']')) {
            scan.peek();
            int start = scan.at();
            scan.value();
            prompts.add(new Span(start, scan.at()));
        }
    }

    private void refuse(String key, Set<String> harmless, String why) {
        String value = given(key);
        if (!value.isEmpty() && !harmless.contains(value)) {
            throw wrong(key, why);
        }
    }

    /** The JSON of a member, empty when it is absent or {@code null}. */
    private String given(String key) {
        Span span = members.given(key);
        return span == null ? "" : members.text(span);
    }

    private static ChatException wrong(String param, String why) {
        return ChatException.in(param, Fault.BAD_REQUEST, why);
    }
}
