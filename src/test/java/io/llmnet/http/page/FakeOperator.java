package io.llmnet.http.page;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Card;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Report;
import io.llmnet.registry.Roster;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Decision;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An operator over a real registry, which notes what it is told to do. */
public final class FakeOperator implements Operator {
    static final Instant PROBED = Instant.parse("2026-11-21T08:00:00Z");

    public final Registry registry = new Registry(() -> PROBED, (said, card) -> card);
    final List<String> done = new CopyOnWriteArrayList<>();
    volatile Map<String, String> aliases = Map.of();
    volatile Operation.Status status = Operation.Status.IN_PROGRESS;
    volatile @Nullable ChatException refusal;
    volatile @Nullable Decision decision;

    /** A backend that is well. */
    public FakeOperator has(String name, Card... models) {
        return has(Registration.of(backend(name, null), "ollama", Zone.RESTRICTED, Source.FILE), models);
    }

    FakeOperator has(Registration said, Card... models) {
        registry.put(said);
        registry.report(
                said.name(), Report.well(List.of(models), 0, "0.9.1", Duration.ofMillis(4)), Registry.Thresholds.USUAL);
        return this;
    }

    static Backend backend(String name, @Nullable String key) {
        URI url = URI.create("http://user:secret@127.0.0.1:11434/key-in-path");
        return new Backend(name, Backend.Speaks.OLLAMA, url, key, Timeouts.DEFAULT);
    }

    /** Its probes fail. */
    FakeOperator lost(String name) {
        for (int each = 0; each < 3; each++) {
            registry.report(name, Report.failed("connection refused", Duration.ofMillis(4)), Registry.Thresholds.USUAL);
        }
        return this;
    }

    @Override
    public Roster roster() {
        return registry.roster();
    }

    @Override
    public Map<String, String> aliases() {
        return aliases;
    }

    @Override
    public CompletionStage<Member> add(NewBackend wanted) {
        return later(
                "add " + wanted + " key " + wanted.apiKey() + " zone " + wanted.zone() + " tier " + wanted.tier(),
                () -> {
                    String name = wanted.name() == null ? "found" : wanted.name();
                    Backend backend =
                            new Backend(name, Backend.Speaks.OLLAMA, wanted.url(), wanted.apiKey(), Timeouts.DEFAULT);
                    has(Registration.of(backend, "ollama", Zone.RESTRICTED, Source.MANUAL), Card.named("qwen3"));
                    return Objects.requireNonNull(registry.named(name));
                });
    }

    @Override
    public CompletionStage<Void> remove(String backend) {
        return later("remove " + backend, () -> {
            registry.remove(backend);
            return null;
        });
    }

    @Override
    public CompletionStage<Operation> load(String model, String backend) {
        return later("load " + model + " on " + backend, () -> operation("op-1", model, backend));
    }

    @Override
    public CompletionStage<Operation> migrate(String model, String source, String target) {
        return later(
                "move " + model + " from " + source + " to " + target, () -> operation("op-migrate-1", model, target));
    }

    @Override
    public CompletionStage<Operation> unload(String model, String backend) {
        return later(
                "unload " + model + " on " + backend,
                () -> new Operation("op-unload-1", model, backend, Operation.Status.COMPLETED, null, 3L << 30));
    }

    private Operation operation(String id, String model, String backend) {
        return new Operation(id, model, backend, status, null, null);
    }

    @Override
    public List<Operation> operations() {
        return List.of(operation("op-1", "qwen3", "desk"));
    }

    @Override
    public Decision explain(String model, byte[] body, UnaryOperator<@Nullable String> header) {
        done.add("explain " + model + " " + new String(body, StandardCharsets.UTF_8) + " "
                + header.apply("x-nexus-strict"));
        return Objects.requireNonNull(decision);
    }

    /** On another thread, as the real one does. */
    private <T> CompletionStage<T> later(String what, java.util.function.Supplier<T> result) {
        done.add(what);
        return CompletableFuture.supplyAsync(() -> {
            ChatException no = refusal;
            if (no != null) {
                throw no;
            }
            return result.get();
        });
    }

    static ChatException conflict() {
        return new ChatException(Fault.CONFLICT, "Cannot unload model: 3 active requests in progress");
    }
}
