package io.llmnet.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.cache.Keeping;
import io.llmnet.cache.key.CacheControl;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Head;
import io.llmnet.protocol.openai.Spoken;
import io.llmnet.settings.CacheSettings;
import io.llmnet.settings.PoolSettings;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A query that may be asked, with everything settled that it leaves open.
 *
 * @param id the client's own, or a new one
 * @param council of the task, with the strategy that the request is decided by
 * @param time for the whole of it
 */
record Order(
        Query query,
        String id,
        PoolSettings.Task task,
        Council council,
        int maxTokens,
        Duration time,
        Contract contract) {
    /**
     * Checks a query, in LLM Pool's order and words, and settles what it leaves open: what it says itself counts before
     * its profile, and that before the task's own.
     *
     * @throws ChatException BAD_REQUEST
     */
    static Order of(Query query, PoolSettings settings, Contracts contracts) {
        int maxTokens = maxTokens(query, settings.bounds());
        check(query, settings.bounds(), maxTokens);
        PoolSettings.Task task = task(query, settings);
        Council council = task.council().with(strategy(query, task));
        Contract contract = contracts
                .of(task, query.prompt())
                .orElseGet(() -> new Contract(null, query.prompt(), Acceptance.ANYTHING, null));
        String wanted = query.requestId();
        return new Order(
                query,
                wanted == null ? UUID.randomUUID().toString() : wanted,
                task,
                council,
                maxTokens,
                time(query, settings.bounds(), council.deadline()),
                contract);
    }

    private static void check(Query query, PoolSettings.Bounds bounds, int maxTokens) {
        Duration deadline = query.deadline();
        if (deadline != null && deadline.compareTo(bounds.maxDeadline()) > 0) {
            throw invalid(
                    "deadline_ms",
                    "Deadline " + deadline.toMillis() + "ms exceeds max "
                            + bounds.maxDeadline().toMillis() + "ms");
        }
        if (deadline != null && deadline.isNegative()) {
            throw invalid("deadline_ms", "Deadline " + deadline.toMillis() + "ms is negative");
        }
        int size = query.prompt().getBytes(UTF_8).length;
        if (size > bounds.maxPromptBytes()) {
            throw invalid("prompt", "Prompt size " + size + " exceeds max " + bounds.maxPromptBytes() + " bytes");
        }
        if (maxTokens <= 0) {
            throw invalid("max_tokens", "max_tokens must be positive");
        }
    }

    private static ChatException invalid(String param, String why) {
        return ChatException.in(param, Fault.BAD_REQUEST, "Invalid query: " + why);
    }

    private static int maxTokens(Query query, PoolSettings.Bounds bounds) {
        Integer wanted = query.maxTokens();
        if (wanted != null) {
            return wanted;
        }
        return query.profile() == null ? bounds.maxTokens() : query.profile().maxTokens();
    }

    private static PoolSettings.Task task(Query query, PoolSettings settings) {
        PoolSettings.Task listed = settings.tasks().get(query.task());
        PoolSettings.Task task = listed == null ? settings.others() : listed;
        if (task == null) {
            throw ChatException.in(
                    "task",
                    Fault.BAD_REQUEST,
                    "Ensemble error: No providers available for task: " + Words.shown(query.task()));
        }
        return task;
    }

    private static Strategy strategy(Query query, PoolSettings.Task task) {
        Strategy own = task.council().strategy();
        Strategy wanted = query.strategy();
        if (wanted == null) {
            wanted = query.profile() == null ? own : query.profile().strategy();
        }
        if (wanted != own && !task.strategies()) {
            throw invalid(
                    query.strategy() == null ? "profile" : "strategy",
                    "Task " + task.council().name() + " is done by " + own + " only");
        }
        return wanted;
    }

    /** What the request names is refused above the limit; what goes without saying is cut to it. */
    private static Duration time(Query query, PoolSettings.Bounds bounds, @Nullable Duration ofTask) {
        Duration named = query.deadline();
        Duration wanted;
        if (named != null && !named.isZero()) {
            wanted = named;
        } else if (query.profile() != null) {
            wanted = query.profile().deadline();
        } else {
            wanted = ofTask == null ? bounds.deadline() : ofTask;
        }
        Duration allowed = shorter(wanted, bounds.maxDeadline());
        return ofTask == null ? allowed : shorter(allowed, ofTask);
    }

    /** The time of a request for this task that names none. */
    Duration usual(PoolSettings.Bounds bounds) {
        Duration ofTask = task.council().deadline();
        Duration usual = shorter(bounds.deadline(), bounds.maxDeadline());
        return ofTask == null ? usual : shorter(usual, ofTask);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private @Nullable Double temperature() {
        return contract.temperature() == null ? task.temperature() : contract.temperature();
    }

    /** The question to the models. */
    Call call(Cancel cancel, Deadline deadline) {
        byte[] body = Spoken.prompt(council.name(), contract.system(), contract.prompt(), temperature(), maxTokens);
        Head head = Head.read(body, Call.Dialect.CHAT);
        return new Call(
                Words.isHeader(id) ? id : UUID.randomUUID().toString(),
                Call.Dialect.CHAT,
                head.model(),
                head.modelAt(),
                false,
                false,
                body,
                this::header,
                deadline,
                cancel,
                new Tab(),
                query.home(),
                head.demand());
    }

    private @Nullable String header(String name) {
        return switch (name) {
            case "x-tenant-id" -> query.tenant();
            case "x-project-id" -> query.project();
            default -> null;
        };
    }

    /** Under what the answer is kept; null where it is to be neither kept nor taken from what is. */
    @Nullable
    Keeping keeping(CacheSettings cache) {
        CacheControl wish = query.caller().cache();
        if (!wish.reads() && !wish.writes()) {
            return null;
        }
        Duration ttl = task.ttl() == null ? cache.ttl() : task.ttl();
        boolean isKept = cache.tasks() && !ttl.isZero();
        String key = "task-" + asked().add("prompt", contract.prompt()).key();
        return new Keeping(
                key,
                isKept ? ttl : Duration.ZERO,
                isKept && wish.reads(),
                isKept && wish.writes(),
                isKept ? meaning() : null,
                wish.maxAge());
    }

    /** Where there is a contract, the prompt is data, of which every sign may count. */
    private Keeping.@Nullable Meaning meaning() {
        Double likeness = task.semantic();
        boolean isMeant = contract.made().isEmpty()
                && !query.prompt().isBlank()
                && query.prompt().length() <= Keeping.Meaning.LONGEST;
        return likeness == null || !isMeant
                ? null
                : new Keeping.Meaning("task-" + asked().key(), query.prompt(), likeness);
    }

    /** Everything that makes the answer what it is, but for the prompt: who asks, who answers, and how. */
    private Fields asked() {
        return new Fields()
                .add("credentials", query.caller().credentials())
                .add("tenant", query.tenant())
                .add("project", query.project())
                .add("task", query.task())
                .add("strategy", council.strategy())
                .add("seats", council.seats())
                .add("terms", council.terms())
                .add("template", task.template())
                .add("contract", contract.made())
                .add("temperature", temperature())
                .add("max_tokens", maxTokens)
                .add("system", contract.system());
    }
}
