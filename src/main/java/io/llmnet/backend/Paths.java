package io.llmnet.backend;

/**
 * Where a backend's endpoints are, below its root. {@code {model}} stands for the model's name where it is part of the path.
 *
 * @param chat of chats
 * @param stream of chats that stream; mostly the same
 * @param completions of OpenAI's older completions
 * @param embeddings of vectors
 */
public record Paths(String chat, String stream, String completions, String embeddings) {
    private static final Paths OPENAI =
            new Paths("/v1/chat/completions", "/v1/chat/completions", "/v1/completions", "/v1/embeddings");
    private static final Paths OLLAMA = new Paths("/api/chat", "/api/chat", "/v1/completions", "/v1/embeddings");
    private static final Paths ANTHROPIC =
            new Paths("/v1/messages", "/v1/messages", "/v1/completions", "/v1/embeddings");
    private static final Paths GOOGLE = new Paths(
            "/v1beta/models/{model}:generateContent",
            "/v1beta/models/{model}:streamGenerateContent?alt=sse",
            "/v1beta/openai/completions",
            "/v1beta/openai/embeddings");

    /** Where a language has them. */
    public static Paths of(Backend.Speaks language) {
        return switch (language) {
            case OPENAI -> OPENAI;
            case OLLAMA -> OLLAMA;
            case ANTHROPIC -> ANTHROPIC;
            case GOOGLE -> GOOGLE;
        };
    }
}
