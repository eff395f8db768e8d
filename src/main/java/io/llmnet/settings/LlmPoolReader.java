package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Choice;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.dispatch.Terms;
import io.llmnet.registry.Breaker;
import io.llmnet.routing.Rules;
import io.llmnet.settings.GatewaySettings.Budget;
import io.llmnet.settings.GatewaySettings.Discovery;
import io.llmnet.settings.GatewaySettings.Fleet;
import io.llmnet.settings.GatewaySettings.Lifecycle;
import io.llmnet.settings.PoolSettings.Bounds;
import io.llmnet.settings.PoolSettings.Door;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads an {@code llm-pool.toml}: its providers become backends, and what they do becomes tasks. Nobody else is looked for. */
final class LlmPoolReader {
    private static final Door HTTP = new Door("0.0.0.0", 7071);
    private static final Door GRPC = new Door("0.0.0.0", 7070);

    /** What tells answers apart in any case: no field can be left out. */
    private static final Set<String> KEY_FIELDS = Set.of(
            "task",
            "prompt",
            "max_tokens",
            "strategy",
            "tenant",
            "tenant_id",
            "project",
            "project_id",
            "deadline_ms",
            "meta");

    private static final List<String> STORES = List.of("memory", "moka", "redis");

    private final Section top;
    private final UnaryOperator<@Nullable String> environment;

    LlmPoolReader(Section top, UnaryOperator<@Nullable String> environment) {
        this.top = top;
        this.environment = environment;
    }

    Settings settings() {
        LlmPoolProviders providers = LlmPoolProviders.read(top, environment);
        LlmPoolTasks tasks = new LlmPoolTasks(top, providers, hedgeAfter());
        GatewaySettings gateway = new GatewaySettings(
                providers.backends(),
                Prices.LISTED,
                Rules.USUAL,
                Terms.USUAL,
                Discovery.USUAL.withoutFinding(),
                Budget.USUAL,
                Fleet.USUAL,
                Lifecycle.USUAL,
                Timeouts.DEFAULT,
                true,
                Map.of(),
                pool(tasks.read()),
                cache(top.section("cache")));
        top.close();
        return new Settings(null, null, List.of(), Timeouts.DEFAULT, gateway, Map.of());
    }

    /** A whole number of milliseconds. */
    static @Nullable Duration millis(Section section, String key) {
        Integer millis = section.integer(key, 0, LlmPoolVocabulary.LONGEST_MILLIS);
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private @Nullable Duration hedgeAfter() {
        Section qos = top.section("qos");
        return qos == null ? null : millis(qos, "hedge_after_ms");
    }

    private PoolSettings pool(Map<String, PoolSettings.Task> tasks) {
        Section server = top.section("server");
        Door http = server == null ? HTTP : door(server, "enable_http", HTTP, "http_addr");
        Door grpc = server == null ? GRPC : door(server, "enable_grpc", GRPC, "grpc_addr", "listen_addr");
        if (server != null) {
            if (http != null && grpc != null && http.port() != 0 && http.port() == grpc.port()) {
                server.error("http_addr", "has the port of the gRPC service; give it another");
            }
            server.close();
        }
        return new PoolSettings(
                http, grpc, null, bounds(top.section("qos")), tasks, null, breaker(top.section("breaker")), prompts());
    }

    private static @Nullable Door door(Section server, String enabled, Door usual, String... keys) {
        Door door = null;
        for (String key : keys) {
            String written = server.text(key);
            Door found = written == null ? null : Doors.read(written).orElse(null);
            if (written != null && found == null) {
                server.error(key, "must be " + Doors.FORM);
            }
            door = door == null ? found : door;
        }
        return or(server.truth(enabled), true) ? or(door, usual) : null;
    }

    private static Bounds bounds(@Nullable Section qos) {
        Bounds usual = Bounds.USUAL;
        if (qos == null) {
            return usual;
        }
        Duration most = or(positive(qos, "max_deadline_ms"), usual.maxDeadline());
        Integer prompt = qos.integer("max_prompt_bytes", 1, Integer.MAX_VALUE);
        Integer tokens = qos.integer("max_tokens_default", 1, PoolVocabulary.MOST_TOKENS);
        qos.allow("hedge_after_ms");
        qos.close();
        return new Bounds(
                most,
                most.compareTo(usual.deadline()) < 0 ? most : usual.deadline(),
                or(prompt, usual.maxPromptBytes()),
                or(tokens, usual.maxTokens()));
    }

    /** A whole number of milliseconds that is none too few. */
    static @Nullable Duration positive(Section section, String key) {
        if (section.find(key) instanceof Value.Numeral number
                && (number.digits().startsWith("-") || number.digits().equals("0"))) {
            section.error(key, key + " must be positive; write milliseconds such as 1500");
            return null;
        }
        return millis(section, key);
    }

    /** It is judged after as many outcomes as usual, or as the window has. */
    private static Breaker.Terms breaker(@Nullable Section section) {
        Breaker.Terms usual = PoolSettings.USUAL.breaker();
        if (section == null) {
            return usual;
        }
        int window = or(section.integer("window_size", 1, TermsReader.LARGEST_WINDOW), usual.window());
        Double rate = section.decimal("fail_rate", TermsReader.LEAST_RATE, 1);
        Duration open = positive(section, "open_cooldown_ms");
        section.close();
        return new Breaker.Terms(
                window, Math.min(window, usual.least()), or(rate, usual.failureRate()), or(open, usual.open()));
    }

    private static CacheSettings cache(@Nullable Section section) {
        CacheSettings usual = CacheSettings.USUAL;
        if (section == null) {
            return usual;
        }
        boolean enabled = or(section.truth("enabled"), usual.tasks());
        Integer ttl = section.integer("ttl_seconds", 1, LlmPoolVocabulary.LONGEST_SECONDS);
        boolean isRedis = "redis".equals(Choice.read(section, "driver", STORES));
        String url = isRedis ? CacheReader.redis(section, "driver") : null;
        if (!isRedis && section.has("url")) {
            section.warning("url", "has no effect without driver = \"redis\"; write that, or take it out");
        }
        for (Value field : section.items("key_fields")) {
            if (!(field instanceof Value.Text text) || !KEY_FIELDS.contains(text.text())) {
                section.warning(
                        "key_fields",
                        "has a field that is not known; answers are told apart by task, prompt, max_tokens, strategy,"
                                + " tenant and project in any case");
                break;
            }
        }
        section.close();
        return new CacheSettings(
                enabled,
                false,
                url,
                ttl == null ? usual.ttl() : Duration.ofSeconds(ttl),
                usual.entries(),
                usual.size(),
                null);
    }

    /** The folder {@code prompts} beside the file; it may come later. */
    private Path prompts() {
        return Path.of(top.place().file())
                .toAbsolutePath()
                .resolveSibling("prompts")
                .normalize();
    }
}
