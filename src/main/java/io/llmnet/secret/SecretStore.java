package io.llmnet.secret;

import io.llmnet.pipeline.Secret;
import io.llmnet.pipeline.file.SecretUnavailable;
import io.llmnet.pipeline.file.Secrets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds what every source of secrets that was asked for held when it was read last, and reads it anew while it is watched:
 * files when they change, Vault at its interval. What was read stays when a source is away. For many threads.
 */
public final class SecretStore implements Secrets, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(SecretStore.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Sources sources;
    private final Redaction redaction = new Redaction();
    private final Map<Secret, Held> held = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService watch;
    private @Nullable Future<?> looking;

    /** Asks nobody yet; {@code environment} has the variables and tokens. */
    public SecretStore(UnaryOperator<@Nullable String> environment) {
        this.sources = new Sources(environment);
    }

    /** Takes the values that it held when it was read last, so that all who use it see the same; reads it the first time. */
    @Override
    public Map<String, String> values(Secret source) throws SecretUnavailable {
        Held there = held.get(source);
        if (there != null) {
            return there.values();
        }
        String stamp = Held.stamp(source);
        Held first = Held.now(source, read(source), stamp);
        Held earlier = held.putIfAbsent(source, first);
        return (earlier == null ? first : earlier).values();
    }

    /** What keeps all values that were ever read out of what is told. */
    public Redaction redaction() {
        return redaction;
    }

    /**
     * Begins to look after all sources that are held, now and later, on a thread of its own.
     *
     * @param changed is given the sources whose values have changed; it runs on that thread
     */
    public synchronized void watch(Consumer<Set<Secret>> changed) {
        if (watch != null) {
            throw new IllegalStateException("watched already");
        }
        watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "llmnet-secrets");
            thread.setDaemon(true);
            return thread;
        });
        looking =
                watch.scheduleWithFixedDelay(() -> look(changed), LOOK.toNanos(), LOOK.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void close() {
        if (watch != null && looking != null) {
            looking.cancel(false);
            watch.shutdownNow();
        }
    }

    private void look(Consumer<Set<Secret>> changed) {
        Set<Secret> others = new HashSet<>();
        held.forEach((source, before) -> {
            if (before.isDue()) {
                Held after = again(source, before);
                held.put(source, after);
                if (!after.values().equals(before.values())) {
                    others.add(source);
                }
            }
        });
        if (others.isEmpty()) {
            return;
        }
        LOGGER.info("secrets changed sources=" + others);
        try {
            changed.accept(Set.copyOf(others));
        } catch (RuntimeException e) {
            // what is thrown here would end the watch, without a word
            LOGGER.log(Level.SEVERE, "changed secrets could not be taken over; those before stay in use", e);
        }
    }

    private Held again(Secret source, Held before) {
        String stamp = Held.stamp(source);
        try {
            return Held.now(source, read(source), stamp);
        } catch (SecretUnavailable away) {
            Held later = before.failed(stamp);
            LOGGER.warning("a secret cannot be read again, and its value before stays in use: " + away.getMessage());
            return later;
        }
    }

    private Map<String, String> read(Secret source) throws SecretUnavailable {
        Map<String, String> values = sources.read(source);
        redaction.learn(values.values());
        return values;
    }
}
