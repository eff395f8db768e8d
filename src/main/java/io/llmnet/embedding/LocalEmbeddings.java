package io.llmnet.embedding;

import dev.langchain4j.model.embedding.EmbeddingModel;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vectors of a small model (all-MiniLM-L6-v2) in this process, on threads of its own: 4 ms for a sentence, 20 ms for the
 * longest text. Its library is loaded when it is first needed; where it is not there, every wish fails, and says so.
 */
public final class LocalEmbeddings implements Embeddings, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LocalEmbeddings.class);

    /** One text is computed by several threads of the model's own: a few of ours keep them all busy. */
    private static final int MOST_THREADS = 4;

    private static final int LONGEST_QUEUE = 1000;

    private final Path folder;
    private final ThreadPoolExecutor threads;
    private @Nullable EmbeddingModel model;
    private @Nullable ChatException failure;

    /** Of the library in a folder, which need not be there yet. */
    public LocalEmbeddings(Path folder) {
        this.folder = folder;
        int count = Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors() / 2));
        this.threads = new ThreadPoolExecutor(
                count, count, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LONGEST_QUEUE), LocalEmbeddings::daemon);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Loads the library beside, so that the first request need not wait for it. */
    public void prepare() {
        try {
            threads.execute(this::loadEarly);
        } catch (RejectedExecutionException full) {
            LOGGER.debug("so many texts wait that the first of them makes it ready");
        }
    }

    private void loadEarly() {
        try {
            model();
        } catch (ChatException notThere) {
            LOGGER.warn("embedding model unavailable folder={} why={}", folder, notThere.text());
        }
    }

    @Override
    public CompletionStage<List<float[]>> embed(List<String> texts, Errand errand) {
        CompletableFuture<List<float[]>> result = new CompletableFuture<>();
        try {
            threads.execute(() -> embed(texts, errand, result));
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(new ChatException(Fault.BUSY, "too many texts wait to be embedded", full));
        }
        return result;
    }

    private void embed(List<String> texts, Errand errand, CompletableFuture<List<float[]>> result) {
        try {
            EmbeddingModel loaded = model();
            List<float[]> vectors = new ArrayList<>(texts.size());
            for (String text : texts) {
                if (errand.cancel().isCancelled()) {
                    throw new ChatException(Fault.CANCELLED, "the caller is gone");
                }
                if (errand.deadline().isOver(System.nanoTime())) {
                    throw new ChatException(Fault.TIMED_OUT, "the time to embed a text is over");
                }
                vectors.add(loaded.embed(Embeddings.start(text)).content().vector());
            }
            result.complete(vectors);
        } catch (ChatException e) {
            result.completeExceptionally(e);
        } catch (RuntimeException e) {
            result.completeExceptionally(new ChatException(Fault.INTERNAL, "a text could not be embedded", e));
        }
    }

    /** A library that is not there may come; one that cannot be loaded will not get better, and is not tried again. */
    private synchronized EmbeddingModel model() {
        if (failure != null) {
            throw failure;
        }
        if (model == null) {
            model = load();
        }
        return model;
    }

    private EmbeddingModel load() {
        if (!Files.isDirectory(folder)) {
            throw new ChatException(
                    Fault.NO_BACKEND,
                    "the embedding library is not in " + folder + "; fetch it by: llmnet fetch embedding");
        }
        try {
            return Library.load(folder);
        } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError e) {
            ChatException why = new ChatException(
                    Fault.NO_BACKEND, "the embedding library in " + folder + " cannot be loaded: " + root(e), e);
            failure = why;
            throw why;
        }
    }

    private static Throwable root(Throwable why) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "llmnet-embedding");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
