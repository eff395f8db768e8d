package io.llmnet.camel;

import io.llmnet.chat.Answer;

/** A backend's error that ends a run: it travels as an exception, so that Camel counts it, and is the caller's answer. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    public Refusal(Answer answer) {
        super("a model server answered " + answer.status(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
