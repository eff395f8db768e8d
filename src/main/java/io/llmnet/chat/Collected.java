package io.llmnet.chat;

import io.llmnet.fault.ChatException;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hears a stream to its end and keeps all of it. */
final class Collected implements ByteStream.Reader {
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    CompletionStage<byte[]> bytes() {
        return result;
    }

    @Override
    public void bytes(byte[] chunk) {
        all.writeBytes(chunk);
    }

    @Override
    public void end() {
        result.complete(all.toByteArray());
    }

    @Override
    public void failed(ChatException why) {
        result.completeExceptionally(why);
    }
}
