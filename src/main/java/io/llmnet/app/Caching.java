package io.llmnet.app;

import io.llmnet.cache.AnswerCache;
import io.llmnet.cache.Keeping;
import io.llmnet.cache.key.ChatKeeping;
import io.llmnet.cache.key.Keys;
import io.llmnet.cache.meaning.Meanings;
import io.llmnet.cache.store.MemoryStore;
import io.llmnet.cache.store.RedisStore;
import io.llmnet.cache.store.Store;
import io.llmnet.dispatch.Timers;
import io.llmnet.embedding.Embeddings;
import io.llmnet.settings.CacheSettings;
import io.llmnet.telemetry.gateway.CacheMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The cache and its store: made of the settings, and the store made anew as these change. */
final class Caching implements AutoCloseable {
    /** Of the memory, what answers on their way to callers may take. */
    private static final int SHARE_OF_MEMORY = 4;

    private final Vertx vertx;
    private final Supplier<CacheSettings> settings;
    private final AnswerCache cache;
    private CacheSettings stored;

    /**
     * With nothing in it.
     *
     * @param embeddings by which questions are compared, where the settings want that
     * @param settings as they are now
     */
    Caching(
            Vertx vertx,
            Embeddings embeddings,
            Timers timers,
            Supplier<CacheSettings> settings,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.settings = settings;
        this.stored = settings.get();
        this.cache = new AnswerCache(
                store(stored),
                new Meanings(embeddings, System::nanoTime),
                (nanos, task) -> timers.after(nanos, task)::cancel,
                System::nanoTime,
                InstantSource.system(),
                Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
        new CacheMeters(metrics, cache);
    }

    AnswerCache cache() {
        return cache;
    }

    /**
     * Whoever is asked there is asked through the cache, as long as the settings say so.
     *
     * @param meant the model that a name stands for now
     */
    Pipelines.Asked before(Pipelines.Asked asked, UnaryOperator<String> meant) {
        return call -> {
            CacheSettings now = settings.get();
            if (!now.chats()) {
                return asked.ask(call);
            }
            String name = Objects.requireNonNullElse(call.model(), "");
            // A name may be told in the answer, and what it stands for changes.
            String what = Keys.of("model")
                    .with("name", name)
                    .with("meant", meant.apply(name))
                    .key();
            return cache.answer(call, ChatKeeping.of(call, what, now), asked::ask);
        };
    }

    /**
     * The same for models that answer together.
     *
     * @param forOthers asks so that the answer may be kept, and says where it must not be
     */
    Pipelines.Convened before(Pipelines.Convened convened, Pipelines.Convened forOthers, Makeup makeup) {
        return (council, call) -> {
            CacheSettings now = settings.get();
            if (!now.chats()) {
                return convened.ask(council, call);
            }
            // All that the settings say of it: an answer must not outlive what it was decided by.
            String what = makeup.of(council);
            Keeping keeping = what == null ? Keeping.nothing() : ChatKeeping.of(call, what, now);
            return cache.answer(call, keeping, own -> forOthers.ask(council, own));
        };
    }

    /** The settings have changed: another store begins with nothing in it; what is under way goes on. */
    synchronized void change() {
        CacheSettings now = settings.get();
        boolean isTheSame = Objects.equals(now.url(), stored.url())
                && now.entries() == stored.entries()
                && now.size() == stored.size();
        if (!isTheSame) {
            cache.use(store(now));
        }
        stored = now;
    }

    private Store store(CacheSettings said) {
        String url = said.url();
        if (url == null) {
            return new MemoryStore(said.entries(), said.size(), System::nanoTime);
        }
        Backends.redact(password(url));
        return new RedisStore(vertx, url, System::nanoTime);
    }

    private static @Nullable String password(String url) {
        try {
            String user = URI.create(url).getUserInfo();
            return user == null || !user.contains(":") ? null : user.substring(user.indexOf(':') + 1);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    @Override
    public void close() {
        cache.close();
    }
}
