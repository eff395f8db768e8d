package io.llmnet.cache.meaning;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.llmnet.chat.Call;
import io.llmnet.embedding.Embeddings;
import io.llmnet.embedding.Errand;
import io.llmnet.fault.ChatException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions that were answered, in memory, and which of them mean the same: the cosine of their vectors says so, where
 * they name the same numbers, deny the same, and have their words in the same order. All of one scope are compared one by
 * one: of 5,000 that takes about 3 ms, on a thread of the embeddings'.
 */
public final class Meanings {
    static final int MOST = 5_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(Meanings.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private record Known(String scope, Question question, Duration ttl) {}

    private final Embeddings embeddings;
    private final LongSupplier nanoTime;
    private final Cache<String, Known> known;
    private final AtomicBoolean isTold = new AtomicBoolean();

    /** None are known yet. */
    public Meanings(Embeddings embeddings, LongSupplier nanoTime) {
        this.embeddings = embeddings;
        this.nanoTime = nanoTime;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(Expiry.writing((String key, Known one) -> one.ttl()))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Looks for a question of that scope that means the same. Never fails: what cannot be compared is like nothing.
     *
     * @param threshold the least likeness, 0 to 1
     */
    public CompletionStage<Likes> like(String scope, String question, double threshold, Call call) {
        Particulars particulars = Particulars.of(question);
        return embeddings
                .embed(List.of(question), Errand.of(call, PATIENCE, nanoTime.getAsLong()))
                .thenApply(vectors -> nearest(scope, new Question(unit(vectors.get(0)), particulars), threshold))
                .exceptionally(this::nothing);
    }

    /** Remembers that a question was answered, under which key, and for how long that is kept. */
    public void learn(String scope, Likes likes, String key, Duration ttl) {
        Question question = likes.question();
        if (question != null) {
            known.put(key, new Known(scope, question, ttl));
        }
    }

    private Likes nearest(String scope, Question question, double threshold) {
        String best = null;
        double most = threshold;
        for (var entry : known.asMap().entrySet()) {
            Known other = entry.getValue();
            if (other.scope().equals(scope)) {
                double likeness = cosine(question.direction(), other.question().direction());
                if (likeness >= most
                        && question.particulars().allow(other.question().particulars())) {
                    most = likeness;
                    best = entry.getKey();
                }
            }
        }
        return new Likes(question, best);
    }

    private Likes nothing(Throwable why) {
        if (!isTold.getAndSet(true)) {
            Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
            String text = cause instanceof ChatException chat ? chat.text() : cause.toString();
            LOGGER.warn("answers to similar questions are not shared, only to the same why={}", text);
        }
        return Likes.NOTHING;
    }

    private static float[] unit(float[] vector) {
        double square = 0;
        for (float one : vector) {
            square += (double) one * one;
        }
        float length = (float) Math.sqrt(square);
        float[] unit = vector.clone();
        for (int i = 0; i < unit.length && length > 0; i++) {
            unit[i] /= length;
        }
        return unit;
    }

    private static double cosine(float[] one, float[] other) {
        if (one.length != other.length) {
            return -1;
        }
        float product = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
        }
        return product;
    }
}
