package io.llmnet.app;

import io.llmnet.backend.Backend;
import io.llmnet.chat.Call;
import io.llmnet.chat.Demand;
import io.llmnet.discovery.Discovery;
import io.llmnet.discovery.operation.ModelOperations;
import io.llmnet.discovery.probe.Fingerprints;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.http.page.NewBackend;
import io.llmnet.http.page.Operation;
import io.llmnet.http.page.Operator;
import io.llmnet.protocol.openai.Head;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Roster;
import io.llmnet.registry.Source;
import io.llmnet.routing.Decision;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows and changes the backends, for pages and commands. */
final class Operating implements Operator {
    private static final Logger LOGGER = LoggerFactory.getLogger(Operating.class);

    private final Backends backends;

    Operating(Backends backends) {
        this.backends = backends;
    }

    @Override
    public Roster roster() {
        return backends.registry().roster();
    }

    @Override
    public Map<String, String> aliases() {
        return backends.settings().rules().aliases();
    }

    @Override
    public CompletionStage<Member> add(NewBackend wanted) {
        Discovery finder = finder();
        URI root = root(wanted.url());
        if (wanted.kind() != null) {
            Profile kind = backends.profiles()
                    .named(wanted.kind())
                    .orElseThrow(() -> ChatException.in(
                            "kind",
                            Fault.BAD_REQUEST,
                            "there is no kind " + wanted.kind() + "; there are " + String.join(", ", kinds())));
            return added(wanted, root, kind.kind());
        }
        return finder.identify(root, wanted.apiKey()).thenCompose(found -> added(wanted, root, kind(found)));
    }

    private List<String> kinds() {
        return backends.profiles().all().stream().map(Profile::kind).toList();
    }

    /** Who does not tell what it is now is told apart when it does. */
    private static String kind(Fingerprints.Found found) {
        if (found.what() == Fingerprints.What.OURSELVES) {
            throw ChatException.in(
                    "url", Fault.BAD_REQUEST, "`url` is this server itself; name the server that is behind it");
        }
        Profile told = found.kind();
        return told == null ? Profiles.AUTO : told.kind();
    }

    /** Answers when it is known how it is. */
    private CompletionStage<Member> added(NewBackend wanted, URI root, String kind) {
        String name = put(wanted, root, kind);
        return finder().firstProbe(name).thenApply(nothing -> {
            Member member = roster().named(name);
            if (member == null) {
                throw new ChatException(Fault.CONFLICT, "the backend " + name + " was taken out again meanwhile");
            }
            return member;
        });
    }

    private String put(NewBackend wanted, URI root, String kind) {
        Profiles profiles = backends.profiles();
        Roster now = roster();
        String name = wanted.name() == null ? free(called(root, kind), now) : wanted.name();
        if (now.named(name) != null) {
            throw ChatException.in(
                    "name", Fault.CONFLICT, "there is a backend " + name + " already; remove it, or take another name");
        }
        Backends.redact(wanted.apiKey());
        Backend backend = profiles.backend(
                name,
                profiles.of(kind),
                root,
                wanted.apiKey(),
                backends.settings().timeouts());
        finder().put(new Registration(
                backend,
                kind,
                wanted.zone() == null ? profiles.zone(kind, root) : wanted.zone(),
                wanted.tier(),
                wanted.priority(),
                1,
                wanted.maxConcurrent(),
                List.of(),
                Source.MANUAL));
        finder().probeSoon(name);
        return name;
    }

    private String called(URI root, String kind) {
        return kind.equals(Profiles.AUTO)
                ? backends.profiles().ofHost(root).map(Profile::kind).orElse("backend")
                : kind;
    }

    private static String free(String kind, Roster roster) {
        String name = kind;
        for (int i = 2; roster.named(name) != null; i++) {
            name = kind + "-" + i;
        }
        return name;
    }

    /** Where its endpoints begin: without {@code /v1}, and without a slash at the end. */
    private static URI root(URI url) {
        String bare = url.toString().replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
        return URI.create(bare.toLowerCase(Locale.ROOT).endsWith("/v1") ? bare.substring(0, bare.length() - 3) : bare);
    }

    @Override
    public CompletionStage<Void> remove(String backend) {
        finder().dismiss(backend);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Operation> load(String model, String backend) {
        return CompletableFuture.completedFuture(shown(modelOperations().load(model, backend)));
    }

    @Override
    public CompletionStage<Operation> migrate(String model, String source, String target) {
        ModelOperations operations = modelOperations();
        Member from = roster().named(source);
        if (from != null && backends.profiles().of(from.said().kind()).unload().isEmpty()) {
            throw new ChatException(
                    Fault.NOT_IMPLEMENTED,
                    "the backend " + source + " cannot be told to unload a model; load it at " + target + " instead");
        }
        var loading = operations.load(model, target);
        operations.end(loading.id()).thenAccept(end -> leave(operations, end.error(), model, source));
        return CompletableFuture.completedFuture(shown(loading));
    }

    /** The model is where it shall be, and no longer needed where it was. */
    private static void leave(ModelOperations operations, @Nullable String error, String model, String source) {
        if (error != null) {
            return;
        }
        try {
            operations.unload(model, source);
        } catch (ChatException e) {
            LOGGER.warn("model={} stays at backend={} as well: {}", model, source, e.text());
        }
    }

    @Override
    public CompletionStage<Operation> unload(String model, String backend) {
        Member member = roster().named(backend);
        int active = member == null ? 0 : member.load().inFlight();
        if (active > 0) {
            throw new ChatException(Fault.CONFLICT, "Cannot unload model: " + active + " active requests in progress");
        }
        ModelOperations operations = modelOperations();
        return operations.end(operations.unload(model, backend).id()).thenApply(end -> {
            if (end.error() != null) {
                throw new ChatException(Fault.BACKEND_FAILED, end.error());
            }
            return shown(end);
        });
    }

    @Override
    public List<Operation> operations() {
        Discovery finder = backends.discovery();
        return finder == null
                ? List.of()
                : finder.operations().all().stream().map(Operating::shown).toList();
    }

    private static Operation shown(io.llmnet.discovery.operation.Operation one) {
        return new Operation(
                one.id(),
                one.model(),
                one.backend(),
                Operation.Status.valueOf(one.status().name()),
                one.error(),
                null);
    }

    @Override
    public Decision explain(String model, byte[] body, UnaryOperator<@Nullable String> header) {
        Demand demand = Head.read(body, Call.Dialect.CHAT).demand();
        return backends.gateway().explain(model, demand, false, header);
    }

    private Discovery finder() {
        Discovery finder = backends.discovery();
        if (finder == null) {
            throw new ChatException(Fault.STOPPING, "the server has not begun, or is about to end");
        }
        return finder;
    }

    private ModelOperations modelOperations() {
        return finder().operations();
    }
}
