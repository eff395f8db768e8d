package io.llmnet.grpc;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import io.llmnet.chat.Cancel;
import io.llmnet.ensemble.Profile;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Caller;
import io.llmnet.pool.Query;
import io.llmnet.settings.PoolSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * LLM Pool's {@code Query}. What its enums cannot name, its {@code meta} can: {@code task}, {@code strategy},
 * {@code profile}, and {@code cache} in the words of {@code cache-control}.
 */
final class QueryMessage {
    private static final String TASK_PREFIX = "TASK_";
    private static final String STRATEGY_PREFIX = "STRATEGY_";

    private final Fields fields;
    private final Map<String, String> meta;
    private final PoolSettings settings;

    private QueryMessage(Fields fields, PoolSettings settings) {
        this.fields = fields;
        this.meta = fields.map("meta");
        this.settings = settings;
    }

    /**
     * Reads a message.
     *
     * @throws ChatException BAD_REQUEST
     */
    static QueryMessage read(byte[] message, PoolSettings settings) {
        return new QueryMessage(Fields.read(Protocol.QUERY, message), settings);
    }

    /** The client's own; empty for none, as it is in the answer then. */
    String requestId() {
        return fields.text("request_id");
    }

    /**
     * What is asked.
     *
     * @param header finds one of the call's metadata by its lower-case name, null when absent
     * @param timeout how long the client waits
     * @throws ChatException BAD_REQUEST
     */
    Query query(UnaryOperator<@Nullable String> header, Optional<Duration> timeout, Cancel cancel, Executor home) {
        String task = task();
        Profile profile = profile();
        int maxTokens = fields.number("max_tokens");
        return new Query(
                Caller.of(header, meta.get("cache")),
                named(requestId()),
                namedOr(fields.text("tenant_id"), header.apply("x-tenant-id")),
                namedOr(fields.text("project_id"), header.apply("x-project-id")),
                task,
                fields.text("prompt"),
                maxTokens == 0 && profile != null ? null : Integer.valueOf(maxTokens), // proto3 cannot leave it out
                deadline(timeout, task, profile),
                strategy(),
                profile,
                cancel,
                home);
    }

    private static @Nullable String named(String text) {
        return text.isBlank() ? null : text;
    }

    private static @Nullable String namedOr(String text, @Nullable String inHeader) {
        return text.isBlank() ? inHeader : text;
    }

    private String task() {
        EnumValueDescriptor task = fields.choice("task");
        if (task.getNumber() != 0 && task.getName().startsWith(TASK_PREFIX)) {
            return task.getName().substring(TASK_PREFIX.length()).toLowerCase(Locale.ROOT);
        }
        String named = meta.getOrDefault("task", "");
        if (task.getNumber() == 0 && !named.isBlank()) {
            return named;
        }
        throw invalid(
                "task",
                "No task is named; there are "
                        + String.join(", ", new TreeSet<>(settings.tasks().keySet()))
                        + ". What the enum cannot name, name in meta `task`");
    }

    private @Nullable Strategy strategy() {
        EnumValueDescriptor strategy = fields.choice("strategy");
        if (strategy.getNumber() != 0) {
            return Strategy.named(strategy.getName().replace(STRATEGY_PREFIX, ""))
                    .orElseThrow(() -> unknown("strategy", Strategy.values()));
        }
        String named = meta.getOrDefault("strategy", "");
        return named.isBlank() ? null : Strategy.named(named).orElseThrow(() -> unknown("strategy", Strategy.values()));
    }

    private @Nullable Profile profile() {
        String named = meta.getOrDefault("profile", "");
        return named.isBlank() ? null : Profile.named(named).orElseThrow(() -> unknown("profile", Profile.values()));
    }

    /** The client's patience shortens the time that the query would have; it is no wish for more. */
    private @Nullable Duration deadline(Optional<Duration> timeout, String task, @Nullable Profile profile) {
        int millis = fields.number("deadline_ms");
        Duration wanted = millis == 0 ? usual(task, profile) : Duration.ofMillis(millis);
        Duration longest = settings.bounds().maxDeadline();
        boolean isRefused = millis != 0 && (millis < 0 || wanted.compareTo(longest) > 0);
        Duration given = millis == 0 ? null : wanted;
        return isRefused
                ? given
                : timeout.filter(patience -> patience.compareTo(wanted) < 0 && patience.compareTo(longest) < 0)
                        .orElse(given);
    }

    private Duration usual(String task, @Nullable Profile profile) {
        if (profile != null) {
            return profile.deadline();
        }
        PoolSettings.Task known = settings.tasks().getOrDefault(task, settings.others());
        Duration own = known == null ? null : known.council().deadline();
        return own == null ? settings.bounds().deadline() : own;
    }

    private static ChatException unknown(String param, Enum<?>[] known) {
        return invalid(
                param,
                "Unknown " + param + "; use one of "
                        + Arrays.stream(known).map(Enum::name).collect(Collectors.joining(", ")));
    }

    private static ChatException invalid(String param, String why) {
        return ChatException.in(param, Fault.BAD_REQUEST, "Invalid query: " + why);
    }
}
