package io.llmnet.gateway;

/** How a server is asked to go on where an answer has broken off. */
public enum Continuing {
    /** It cannot be. */
    NONE,
    /** A last message of the assistant is taken as the beginning of the answer. */
    TRAILING,
    /** The same, if the request says so: {@code continue_final_message}. */
    FLAGGED;

    /** How servers of a kind are asked. Where nobody has tried, they are not. */
    public static Continuing of(String kind) {
        return switch (kind) {
            case "ollama", "llamacpp" -> TRAILING;
            case "vllm", "sglang" -> FLAGGED;
            default -> NONE;
        };
    }
}
