package io.llmnet.secret;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes an answer up to a size, and breaks it off there. */
final class LimitedBody implements BodySubscriber<byte[]> {
    /** Vault takes entries of a mebibyte at most. */
    private static final int MOST_BYTES = 2 << 20;

    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable Subscription source;

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            byte[] taken = new byte[piece.remaining()];
            piece.get(taken);
            bytes.writeBytes(taken);
        }
        if (bytes.size() > MOST_BYTES && source != null) {
            source.cancel();
            whole.completeExceptionally(new IOException("more than " + MOST_BYTES + " bytes"));
        }
    }

    @Override
    public void onError(Throwable why) {
        whole.completeExceptionally(why);
    }

    @Override
    public void onComplete() {
        whole.complete(bytes.toByteArray());
    }
}
